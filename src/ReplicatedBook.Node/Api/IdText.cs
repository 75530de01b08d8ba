using System.Globalization;
using ReplicatedBook.Matching.Values;

namespace ReplicatedBook.Node.Api;

/// <summary>Ids as clients see them: accounts as <c>a1</c>, all others as digits.</summary>
internal static partial class IdText
{
    /// <summary>The user that everyone is while authentication is off.</summary>
    private const string LocalUser = "local";

    private const int MaxLength = 64;

    public static string Of(AccountId account) => "a" + Number(account.Value);

    public static string Of(OrderId order) => Number(order.Value);

    public static string Of(TradeId trade) => Number(trade.Value);

    public static string Of(LedgerId ledger) => Number(ledger.Value);

    public static string Of(UserId user) => user.Value == 0 ? LocalUser : "u" + Number(user.Value);

    /// <summary>Null for a text that no account can have.</summary>
    public static AccountId? ToAccount(string text) =>
        text.Length > 1 && text[0] == 'a' && ToNumber(text.AsSpan(1)) is { } number ? new AccountId(number) : null;

    /// <summary>Null for a text that no order can have.</summary>
    public static OrderId? ToOrder(string text) => ToNumber(text) is { } number ? new OrderId(number) : null;

    /// <summary>Positive, without leading zeros; null for anything else.</summary>
    public static long? ToNumber(ReadOnlySpan<char> text) =>
        text.Length is > 0 and < 20 && text[0] is > '0' and <= '9'
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    /// <summary>Whether a text is 1 to 64 characters of A-Za-z0-9._:- (API.md 1.1).</summary>
    public static bool IsId(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '_' or ':' or '-'))
            {
                return false;
            }
        }

        return text.Length is > 0 and <= MaxLength;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
