using System.CommandLine;
using ReplicatedBook.Contracts.Http;

namespace ReplicatedBook.Cli.Commands;

/// <summary>What can be said of an order on the command line; shared by all commands that take one.</summary>
internal sealed class OrderForm
{
    private readonly Argument<string> _symbol = new("symbol");

    private readonly Argument<string?> _quantity = new("quantity")
    {
        Description = "How much; left out only with --quote-quantity.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Argument<string?> _price = new("price")
    {
        Description = "Limit, such as @60000; without it the order is a market order, or a stop with --stop-price.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _type = new("--type")
    {
        Description = "Default: what limit and stop price together make.",
    };

    private readonly Option<string?> _tif = new("--tif")
    {
        Description = "What becomes of what does not match at once. Default: gtd with --expires, else ioc for market "
            + "orders and gtc for others.",
    };

    private readonly Option<bool> _ioc = new("--ioc") { Description = "What does not match at once expires." };
    private readonly Option<bool> _fok = new("--fok") { Description = "All of it matches at once or it expires." };

    private readonly Option<string?> _expires = new("--expires")
    {
        Description = "End of a gtd order, such as 2030-01-01T00:00:00Z.",
    };

    private readonly Option<bool> _postOnly = new("--post-only") { Description = "Refused if it would match at once." };

    private readonly Option<string?> _display = new("--display")
    {
        Description = "Most that the book shows of it at once (iceberg).",
    };

    private readonly Option<string?> _stopPrice = new("--stop-price")
    {
        Description = "Pending until a trade at or through this price.",
    };

    private readonly Option<string?> _protectionPrice = new("--protection-price")
    {
        Description = "Worst price of a market or stop order.",
    };

    private readonly Option<string?> _quoteQuantity = new("--quote-quantity")
    {
        Description = "What a market or stop order to buy may spend, fees included, in place of a quantity.",
    };

    private readonly Option<string?> _cid = new("--cid") { Description = "Own id of the order, unique per account." };

    private readonly Option<string?> _stp = new("--stp")
    {
        Description = "What happens instead of a trade with oneself.",
    };

    public OrderForm()
    {
        _type.AcceptOnlyFromAmong("limit", "market", "stop", "stop_limit");
        _tif.AcceptOnlyFromAmong("gtc", "ioc", "fok", "gtd");
        _stp.AcceptOnlyFromAmong("cancel_taker", "cancel_maker", "cancel_both", "decrement", "none");
    }

    /// <summary>Lets a command take it.</summary>
    public void AddTo(Command command)
    {
        foreach (var argument in (Argument[])[_symbol, _quantity, _price])
        {
            command.Arguments.Add(argument);
        }

        foreach (var option in (Option[])
            [
                _type, _tif, _ioc, _fok, _expires, _postOnly, _display, _stopPrice, _protectionPrice, _quoteQuantity,
                _cid, _stp,
            ])
        {
            command.Options.Add(option);
        }
    }

    /// <summary>The order that was described.</summary>
    /// <exception cref="UsageException">What was said contradicts itself, or is not enough.</exception>
    public PlaceOrderRequest Read(ParseResult parse, string side, string? account)
    {
        var quantity = parse.GetValue(_quantity);
        var budget = parse.GetValue(_quoteQuantity);
        if (quantity is null && budget is null)
        {
            throw new UsageException("a quantity is needed, or --quote-quantity");
        }

        var limit = parse.GetValue(_price)?.TrimStart('@');
        var stopPrice = parse.GetValue(_stopPrice);
        return new PlaceOrderRequest
        {
            AccountId = account,
            ClientOrderId = parse.GetValue(_cid),
            Instrument = parse.GetRequiredValue(_symbol),
            Side = side,
            Type = parse.GetValue(_type) ?? TypeOf(limit, stopPrice),
            Price = limit,
            Quantity = quantity,
            QuoteQuantity = budget,
            ProtectionPrice = parse.GetValue(_protectionPrice),
            StopPrice = stopPrice,
            TimeInForce = TimeInForce(parse),
            ExpiresAt = parse.GetValue(_expires),
            PostOnly = parse.GetValue(_postOnly) ? true : null,
            DisplayQuantity = parse.GetValue(_display),
            Stp = parse.GetValue(_stp),
        };
    }

    private static string TypeOf(string? limit, string? stopPrice) => (limit, stopPrice) switch
    {
        (null, null) => "market",
        (_, null) => "limit",
        (null, _) => "stop",
        _ => "stop_limit",
    };

    private string? TimeInForce(ParseResult parse)
    {
        var given = parse.GetValue(_tif);
        var (ioc, fok) = (parse.GetValue(_ioc), parse.GetValue(_fok));
        if ((ioc && fok) || ((ioc || fok) && given is not null))
        {
            throw new UsageException("--ioc, --fok and --tif exclude each other");
        }

        return given ?? (ioc ? "ioc" : fok ? "fok" : parse.GetValue(_expires) is null ? null : "gtd");
    }
}
