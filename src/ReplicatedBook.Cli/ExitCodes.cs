using ReplicatedBook.Client.Outcomes;

namespace ReplicatedBook.Cli;

/// <summary>How rb ends (API.md 6); scripts rely on the numbers.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;
    public const int Rejected = 1;
    public const int Usage = 2;
    public const int Unavailable = 3;
    public const int OutcomeUnknown = 4;
    public const int CheckFailed = 5;

    public static int Of(OutcomeKind kind) => kind switch
    {
        OutcomeKind.Committed => Ok,
        OutcomeKind.Rejected => Rejected,
        OutcomeKind.NotExecuted => Unavailable,
        _ => OutcomeUnknown,
    };

    public static int Of(ReadKind kind) => kind switch
    {
        ReadKind.Answered => Ok,
        ReadKind.Refused => Rejected,
        _ => Unavailable,
    };
}
