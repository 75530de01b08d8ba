using System.CommandLine;
using System.Globalization;

namespace ReplicatedBook.Cli.AgentRuns;

/// <summary>One setting of an agent: an option, else a variable of the environment, else a default.</summary>
internal sealed class AgentSetting
{
    private readonly string _variable;
    private readonly string? _otherwise;

    /// <param name="name">Of the option, with its hyphens.</param>
    /// <param name="variable">Of the environment; an empty one counts as none.</param>
    /// <param name="otherwise">The default; null where there is none.</param>
    /// <param name="description">For people; variable and default are added.</param>
    public AgentSetting(string name, string variable, string? otherwise, string description)
    {
        (_variable, _otherwise) = (variable, otherwise);
        var ending = otherwise is null ? "." : $", else {otherwise}.";
        Option = new Option<string?>(name) { Description = $"{description} Default: {variable}{ending}" };
    }

    public Option<string?> Option { get; }

    /// <summary>As it was given; null where it was not and there is no default.</summary>
    public string? Find(ParseResult parse) => parse.GetValue(Option) ?? Variable() ?? _otherwise;

    /// <summary>As it was given.</summary>
    /// <exception cref="UsageException">It was not, and there is no default.</exception>
    public string Text(ParseResult parse) => Find(parse)
        ?? throw new UsageException($"{Option.Name} is needed, or the variable {_variable}");

    /// <summary>One of some words.</summary>
    /// <exception cref="UsageException">It is none of them.</exception>
    public string Word(ParseResult parse, params IReadOnlyList<string> words)
    {
        var text = Text(parse);
        return words.Contains(text)
            ? text
            : throw new UsageException($"{Source(parse)} must be one of {string.Join(", ", words)}, not \"{text}\"");
    }

    /// <summary>A decimal number, not negative.</summary>
    /// <exception cref="UsageException">It is none, or was not given.</exception>
    public decimal Amount(ParseResult parse)
    {
        var text = Text(parse);
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : throw new UsageException($"{Source(parse)} must be a number such as 0.5, not \"{text}\"");
    }

    /// <summary>A decimal number, not negative; null where none was given.</summary>
    /// <exception cref="UsageException">It is no number.</exception>
    public decimal? AmountOrNone(ParseResult parse) => Find(parse) is null ? null : Amount(parse);

    /// <summary>A whole number.</summary>
    /// <param name="parse">The command line.</param>
    /// <param name="least">Least that is allowed, 0 or more.</param>
    /// <exception cref="UsageException">It is none, too small, or was not given.</exception>
    public int Whole(ParseResult parse, int least)
    {
        var text = Text(parse);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new UsageException(
                $"{Source(parse)} must be a whole number from {least} to {int.MaxValue}, not \"{text}\"");
    }

    /// <summary>A time in milliseconds, 1 or more.</summary>
    /// <exception cref="UsageException">It is none, or was not given.</exception>
    public TimeSpan Milliseconds(ParseResult parse) => TimeSpan.FromMilliseconds(Whole(parse, 1));

    /// <summary>Where the value is from: people look for what is wrong there.</summary>
    private string Source(ParseResult parse) =>
        parse.GetValue(Option) is null && Variable() is not null ? _variable : Option.Name;

    private string? Variable() =>
        Environment.GetEnvironmentVariable(_variable) is { Length: > 0 } given ? given : null;
}
