using System.Buffers;
using ReplicatedBook.Matching.Encoding;

namespace ReplicatedBook.Matching.Sessions;

/// <summary>Writes sessions of orders as they were when an image was taken, little by little.</summary>
/// <param name="image">The image.</param>
/// <param name="destination">Where to.</param>
internal sealed class OrderSessionSnapshot(FrozenOrderSessions image, IBufferWriter<byte> destination)
{
    private const int Step = 64;

    /// <summary>Each step says how many items it has written.</summary>
    public IEnumerator<int> Steps()
    {
        yield return WriteHead();
        for (var slot = image.First; slot >= 0; slot = image.Sessions[slot].Next)
        {
            WriteSession(slot);
            for (var order = image.Sessions[slot].Orders.First; order >= 0;)
            {
                yield return WriteOrders(ref order);
            }

            WriteHeader(image.Sessions[slot].Bets.Count);
            for (var bet = image.Sessions[slot].Bets.First; bet >= 0;)
            {
                yield return WriteBets(ref bet);
            }

            yield return 1;
        }
    }

    private int WriteHead()
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteInteger(image.LastNumber);
        writer.WriteArrayHeader(image.Nodes.Count);
        foreach (var (node, lease, dueAt) in image.Nodes)
        {
            OrderSessionLayout.WriteNode(ref writer, node, lease, dueAt);
        }

        writer.WriteArrayHeader(image.Count);
        writer.Flush();
        return 1 + image.Nodes.Count;
    }

    private void WriteHeader(int count)
    {
        var writer = new MessagePackWriter(destination);
        writer.WriteArrayHeader(count);
        writer.Flush();
    }

    private void WriteSession(int slot)
    {
        var writer = new MessagePackWriter(destination);
        ref readonly var session = ref image.Sessions[slot];
        var node = session.Node;
        OrderSessionLayout.WriteSession(
            ref writer, in session, node is null ? -1 : image.Nodes.FindIndex(known => known.Node == node));
        writer.WriteArrayHeader(session.Orders.Count);
        writer.Flush();
    }

    private int WriteOrders(ref int slot)
    {
        var writer = new MessagePackWriter(destination);
        var written = 0;
        for (; written < Step && slot >= 0; written++)
        {
            writer.WriteInteger(image.Orders[slot].Id);
            slot = image.OrderLinks[slot].Next;
        }

        writer.Flush();
        return written;
    }

    private int WriteBets(ref int slot)
    {
        var writer = new MessagePackWriter(destination);
        var written = 0;
        for (; written < Step && slot >= 0; written++)
        {
            writer.WriteInteger(image.Bets[slot].Id);
            slot = image.BetLinks[slot].Next;
        }

        writer.Flush();
        return written;
    }
}
