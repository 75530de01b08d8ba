namespace ReplicatedBook.Node.Gateway.Admission;

/// <summary>How many commands may be under way: as many as have ended within a short time. Then none that is let in
/// takes longer than that time (Little's law), however fast the machine is, and a fast one writes its log in large
/// groups. Without clock or threads; one owner.</summary>
/// <param name="least">What may be under way however slow all is.</param>
/// <param name="most">What may be under way at most; above zero, and where it is below <paramref name="least"/> it
/// holds.</param>
/// <param name="horizon">The time, in the unit of the times given.</param>
internal sealed class Width(int least, int most, long horizon)
{
    private long _since;
    private int _ended;

    /// <summary>So many now.</summary>
    public int Current { get; private set; } = Math.Min(least, most);

    /// <summary>A command has ended.</summary>
    public void End(long now)
    {
        _ended++;
        var passed = now - _since;
        if (passed >= horizon)
        {
            Current = (int)Math.Min(most, Math.Max(least, _ended * horizon / passed));
            (_since, _ended) = (now, 0);
        }
    }
}
