using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace ReplicatedBook.Matching.Tests;

/// <summary>Goal: the state machine is pure. Method: the compiled assembly is searched for what the compiler's check of
/// BannedSymbols.txt does not find: floating point, enumerated hash containers, and types reached by other
/// ways.</summary>
public sealed class PurityTests
{
    private static readonly string[] ForbiddenNamespaces =
    [
        "System.IO", "System.Net", "System.Threading", "System.Diagnostics.Tracing", "System.Globalization",
        "System.Runtime.InteropServices.Marshalling", "System.Reflection",
    ];

    private static readonly string[] ForbiddenTypes =
    [
        "System.DateTime", "System.DateTimeOffset", "System.Random", "System.Guid", "System.Environment",
        "System.Console",
        "System.Decimal", "System.Double", "System.Single", "System.Half", "System.HashCode",
        "System.TimeProvider", "System.Diagnostics.Stopwatch", "System.AppContext", "System.GC", "System.Activator",
        "System.Collections.Generic.Dictionary`2", "System.Collections.Generic.HashSet`1",
        "System.Collections.Hashtable",
        "System.Security.Cryptography.RandomNumberGenerator", "System.Collections.Frozen.FrozenDictionary`2",
    ];

    [Fact]
    [Trait("MatchingScenario", "112 no_wall_clock_guid_or_hash_order")]
    public void Assembly_refers_to_no_clock_chance_environment_thread_or_file()
    {
        using var image = Image();
        var reader = image.GetMetadataReader();
        foreach (var handle in reader.TypeReferences)
        {
            var type = reader.GetTypeReference(handle);
            var space = reader.GetString(type.Namespace);
            var name = $"{space}.{reader.GetString(type.Name)}";
            Assert.DoesNotContain(name, ForbiddenTypes);
            Assert.True(
                name.EndsWith("Attribute", StringComparison.Ordinal) // The compiler's own marks.
                    || !ForbiddenNamespaces.Any(n => space == n || space.StartsWith(n + ".", StringComparison.Ordinal)),
                name);
        }
    }

    [Fact]
    [Trait("MatchingScenario", "112 no_wall_clock_guid_or_hash_order")]
    public void Assembly_has_no_floating_point_in_fields_signatures_locals_or_instructions()
    {
        using var image = Image();
        var reader = image.GetMetadataReader();
        var found = new FloatingPoint();
        foreach (var handle in reader.FieldDefinitions)
        {
            reader.GetFieldDefinition(handle).DecodeSignature(found, null);
        }

        foreach (var handle in reader.MethodDefinitions)
        {
            var method = reader.GetMethodDefinition(handle);
            method.DecodeSignature(found, null);
            if (method.RelativeVirtualAddress == 0)
            {
                continue;
            }

            var body = image.GetMethodBody(method.RelativeVirtualAddress);
            if (!body.LocalSignature.IsNil)
            {
                reader.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(found, null);
            }
        }

        for (var i = 1; i <= reader.GetTableRowCount(TableIndex.MemberRef); i++)
        {
            var member = reader.GetMemberReference(MetadataTokens.MemberReferenceHandle(i));
            if (member.GetKind() == MemberReferenceKind.Method)
            {
                member.DecodeMethodSignature(found, null);
            }
        }

        Assert.Equal(0, found.Count);
    }

    [Fact]
    public void Assembly_refers_to_the_runtime_only_and_keeps_no_static_state_that_changes()
    {
        using var image = Image();
        var reader = image.GetMetadataReader();
        foreach (var handle in reader.AssemblyReferences)
        {
            Assert.StartsWith(
                "System", reader.GetString(reader.GetAssemblyReference(handle).Name), StringComparison.Ordinal);
        }

        foreach (var type in typeof(Exchange).Assembly.GetTypes().Where(type => !type.Name.StartsWith('<')))
        {
            const System.Reflection.BindingFlags Statics = System.Reflection.BindingFlags.Static
                | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic
                | System.Reflection.BindingFlags.DeclaredOnly;
            Assert.All(
                type.GetFields(Statics),
                field => Assert.True(field.IsLiteral || field.IsInitOnly, $"{type}.{field.Name}"));
        }
    }

    private static PEReader Image() => new(File.OpenRead(typeof(Exchange).Assembly.Location));

    /// <summary>Counts floating-point types in signatures; everything else is of no interest.</summary>
    private sealed class FloatingPoint : ISignatureTypeProvider<int, object?>
    {
        public int Count { get; private set; }

        public int GetPrimitiveType(PrimitiveTypeCode typeCode)
        {
            Count += typeCode is PrimitiveTypeCode.Single or PrimitiveTypeCode.Double ? 1 : 0;
            return 0;
        }

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(
            int genericType, System.Collections.Immutable.ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => 0;

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;

        public int GetTypeFromSpecification(
            MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => 0;
    }
}
