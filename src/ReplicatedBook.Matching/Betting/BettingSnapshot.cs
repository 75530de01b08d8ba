using System.Buffers;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Betting;

/// <summary>Writes betting markets as they were when an image was taken, little by little.</summary>
/// <param name="image">The image.</param>
/// <param name="destination">Where to.</param>
internal sealed class BettingSnapshot(FrozenBetting image, IBufferWriter<byte> destination)
{
    private const int Step = 64;

    /// <summary>Each step says how many items it has written.</summary>
    public IEnumerator<int> Steps()
    {
        WriteHeader(image.Trades.Next - 1, image.Trades.Count);
        for (var id = image.Trades.First; id < image.Trades.Next; id += Step)
        {
            yield return WriteTrades(id);
        }

        WriteHeader(image.Markets.Count);
        foreach (var market in image.Markets)
        {
            WriteMarket(market);
            for (var slot = market.Positions.First; slot >= 0;)
            {
                yield return WritePositions(ref slot);
            }

            WriteHeader(market.Open.Count);
            for (var slot = market.Open.First; slot >= 0;)
            {
                yield return WriteOpen(ref slot);
            }

            yield return 1;
        }

        WriteHeader(image.Closed.Count);
        for (var number = image.Closed.First; number < image.Closed.Next; number += Step)
        {
            yield return WriteClosed(number);
        }

        yield return WriteJobs();
    }

    private void WriteHeader(int count)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(count);
        writer.Flush();
    }

    private void WriteHeader(long last, int count)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteInteger(last);
        writer.WriteArrayHeader(count);
        writer.Flush();
    }

    private int WriteTrades(long from)
    {
        var writer = new MessagePackWriter(destination);
        var end = Math.Min(from + Step, image.Trades.Next);
        for (var id = from; id < end; id++)
        {
            BettingSnapshotLayout.WriteTrade(ref writer, in image.Trades[id]);
        }

        writer.Flush();
        return (int)(end - from);
    }

    private void WriteMarket(BettingMarket market)
    {
        var writer = new MessagePackWriter(destination);
        BettingSnapshotLayout.WriteMarket(ref writer, market);
        writer.WriteArrayHeader(market.Positions.Count);
        writer.Flush();
    }

    private int WritePositions(ref int slot)
    {
        var writer = new MessagePackWriter(destination);
        var written = 0;
        for (; written < Step && slot >= 0; written++)
        {
            ref readonly var position = ref image.Positions[slot];
            var count = 0;
            for (var held = position.FirstRunner; held >= 0; held = image.RunnerPositions[held].Next)
            {
                count++;
            }

            BettingSnapshotLayout.BeginPosition(ref writer, in position, count);
            for (var held = position.FirstRunner; held >= 0; held = image.RunnerPositions[held].Next)
            {
                BettingSnapshotLayout.WriteHeld(ref writer, in image.RunnerPositions[held]);
            }

            slot = position.Next;
        }

        writer.Flush();
        return written;
    }

    private int WriteOpen(ref int slot)
    {
        var written = 0;
        for (; written < Step && slot >= 0; written++)
        {
            ref readonly var bet = ref image.Bets[slot];
            BettingSnapshotLayout.WriteBet(
                destination, in bet, bet.HasName ? image.Names[slot].Bytes : default);
            slot = bet.NextOfMarket;
        }

        return written;
    }

    private int WriteClosed(long from)
    {
        var end = Math.Min(from + Step, image.Closed.Next);
        for (var number = from; number < end; number++)
        {
            ref readonly var bet = ref image.Closed[number];
            BettingSnapshotLayout.WriteBet(
                destination, in bet, bet.HasName ? image.ClosedNames[image.Closed.SlotOf(number)].Bytes : default);
        }

        return (int)(end - from);
    }

    private int WriteJobs()
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(image.Jobs.Length);
        foreach (var job in image.Jobs)
        {
            BettingSnapshotLayout.WriteJob(ref writer, in job);
        }

        writer.WriteInteger(image.JobBet);
        writer.Flush();
        return 1 + image.Jobs.Length;
    }
}
