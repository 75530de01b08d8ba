namespace ReplicatedBook.Node.Api.Grpc.Protocol;

/// <summary>The deadline of a call as its metadata has it: at most eight digits and a unit.</summary>
internal static class TimeoutText
{
    private const int MaxDigits = 8;
    private const long TicksPerNanosecondInverse = 100;

    /// <summary>Understands it.</summary>
    /// <returns>Null for a text that is none.</returns>
    public static TimeSpan? Parse(ReadOnlySpan<char> text)
    {
        if (text.Length is < 2 or > MaxDigits + 1 || text[..^1].IndexOfAnyExceptInRange('0', '9') >= 0)
        {
            return null;
        }

        long number = 0;
        foreach (var digit in text[..^1])
        {
            number = (number * 10) + (digit - '0');
        }

        return text[^1] switch
        {
            'H' => new TimeSpan(number * TimeSpan.TicksPerHour),
            'M' => new TimeSpan(number * TimeSpan.TicksPerMinute),
            'S' => new TimeSpan(number * TimeSpan.TicksPerSecond),
            'm' => new TimeSpan(number * TimeSpan.TicksPerMillisecond),
            'u' => new TimeSpan(number * TimeSpan.TicksPerMicrosecond),
            'n' => new TimeSpan(number / TicksPerNanosecondInverse),
            _ => null,
        };
    }
}
