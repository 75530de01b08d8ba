using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace ReplicatedBook.Consensus.Tests;

/// <summary>Consensus is a function: what its assembly refers to shows that it has no clock, chance, threads or
/// I/O.</summary>
/// <remarks>The compiler's check against BannedSymbols.txt sees calls in source; this sees what was compiled.</remarks>
public sealed class PurityTests
{
    private static readonly Assembly _subject = typeof(RaftNode).Assembly;

    private static readonly string[] _bannedNamespaces =
    [
        "System.IO", "System.Threading", "System.Net", "System.Timers", "System.Linq", "System.Security",
        "System.Globalization",
    ];

    private static readonly string[] _bannedTypes =
    [
        "System.DateTime", "System.DateTimeOffset", "System.TimeProvider", "System.Diagnostics.Stopwatch",
        "System.Environment", "System.Random", "System.Guid", "System.HashCode", "System.Console", "System.GC",
        "System.Double", "System.Single", "System.Half", "System.Decimal", "System.Diagnostics.Process",
        "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1",
    ];

    [Fact]
    public void Assembly_refers_to_no_type_with_a_clock_chance_threads_or_io()
    {
        var used = ReferredTypes();
        Assert.Contains("System.Collections.Generic.List`1", used); // The reading works at all.
        Assert.DoesNotContain(used, type => _bannedTypes.Contains(type)
            || _bannedNamespaces.Any(banned => type.StartsWith(banned + ".", StringComparison.Ordinal)));
    }

    [Fact]
    public void Assembly_refers_to_no_other_project_and_no_package()
    {
        Assert.All(_subject.GetReferencedAssemblies(), reference =>
            Assert.StartsWith("System.", reference.Name, StringComparison.Ordinal));
    }

    [Fact]
    public void No_field_is_a_float_or_decimal_and_no_static_field_can_change()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public
            | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        foreach (var field in _subject.GetTypes().SelectMany(type => type.GetFields(All)))
        {
            Assert.False(field.FieldType == typeof(double) || field.FieldType == typeof(float)
                || field.FieldType == typeof(decimal), $"{field.DeclaringType}.{field.Name}");
            Assert.True(!field.IsStatic || field.IsInitOnly || field.IsLiteral, $"{field.DeclaringType}.{field.Name}");
        }
    }

    private static List<string> ReferredTypes()
    {
        using var file = new PEReader(File.OpenRead(_subject.Location));
        var metadata = file.GetMetadataReader();
        return [.. metadata.TypeReferences.Select(metadata.GetTypeReference)
            .Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")];
    }
}
