using ReplicatedBook.Cluster.Tests.Chaos.Faults;
using ReplicatedBook.Simulation.Engine;
using Xunit;

namespace ReplicatedBook.Cluster.Tests.Chaos.Tests;

/// <summary>Goal: a damage is one, within what is in use, and can be undone.</summary>
public sealed class LogDamageTests
{
    [Fact]
    public void Every_damage_changes_the_newest_segment_alone_and_is_undone()
    {
        var folder = Directory.CreateTempSubdirectory("replicatedbook-").FullName;
        var (old, newest) = (Path.Combine(folder, "wal-1.log"), Path.Combine(folder, "wal-2.log"));
        var content = new byte[8192];
        content.AsSpan(0, 4096).Fill(7); // The rest is not used yet.
        var kinds = new HashSet<string>();
        for (ulong seed = 1; seed <= 40; seed++)
        {
            File.WriteAllBytes(old, content);
            File.WriteAllBytes(newest, content);
            using var damage = LogDamage.Do(folder, new RandomStream(seed, "damage"));
            kinds.Add(damage.Kind);
            var damaged = File.ReadAllBytes(newest);
            Assert.Equal(content, File.ReadAllBytes(old));
            Assert.False(damaged.AsSpan(0, Math.Min(4096, damaged.Length)).SequenceEqual(content.AsSpan(0, 4096)));

            damage.Undo();
            Assert.Equal(content, File.ReadAllBytes(newest));
        }

        Assert.Equal(["flip", "garbage", "tear", "zero"], kinds.Order());
        Directory.Delete(folder, recursive: true);
    }
}
