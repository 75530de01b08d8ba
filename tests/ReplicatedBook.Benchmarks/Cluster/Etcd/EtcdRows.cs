using System.Buffers;
using System.Globalization;
using System.Text;
using ReplicatedBook.Benchmarks.Cluster.Wire;

namespace ReplicatedBook.Benchmarks.Cluster.Etcd;

/// <summary>etcd under the same load: as many connections, values as large as our commands, every put on the disks of a
/// majority.</summary>
internal static class EtcdRows
{
    private const int ValueBytes = 100; // About what one order takes in the log.
    private const byte Key = 0x0a; // Field 1, length-delimited.
    private const byte Value = 0x12; // Field 2, length-delimited.

    /// <summary>Puts from some connections.</summary>
    public static LoadResult Put(EtcdCluster cluster, int connections, TimeSpan warmUp, TimeSpan measured) =>
        Run(cluster, connections, warmUp, measured, "/etcdserverpb.KV/Put", connection =>
        {
            var random = new Random(connection + 1);
            var value = new byte[ValueBytes];
            return output =>
            {
                random.NextBytes(value);
                Write(output, Key, Encoding.ASCII.GetBytes(
                    string.Create(CultureInfo.InvariantCulture, $"{connection}-{random.Next(10_000)}")));
                Write(output, Value, value);
            };
        });

    /// <summary>Linearizable reads of one key from some connections.</summary>
    public static LoadResult Get(EtcdCluster cluster, int connections, TimeSpan warmUp, TimeSpan measured) =>
        Run(cluster, connections, warmUp, measured, "/etcdserverpb.KV/Range", _ =>
            output => Write(output, Key, "0-1"u8));

    private static LoadResult Run(
        EtcdCluster cluster, int connections, TimeSpan warmUp, TimeSpan measured, string path,
        Func<int, Action<ArrayBufferWriter<byte>>> message)
    {
        var open = Enumerable.Range(0, connections)
            .Select(i => new WireConnection(cluster.Leader, new GrpcProtocol(path, message(i)))).ToList();
        try
        {
            return WireLoad.Closed(open, warmUp, measured, new CpuClock(cluster.Pids));
        }
        finally
        {
            open.ForEach(connection => connection.Dispose());
        }
    }

    private static void Write(ArrayBufferWriter<byte> output, byte field, ReadOnlySpan<byte> bytes)
    {
        output.Write([field, (byte)bytes.Length]); // One byte holds a length below 128.
        output.Write(bytes);
    }
}
