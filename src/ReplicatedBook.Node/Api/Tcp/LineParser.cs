using System.Text;
using ReplicatedBook.Contracts;

namespace ReplicatedBook.Node.Api.Tcp;

/// <summary>Reads one line: bytes in, a command or what is wrong with them out. Pure, and without
/// exceptions.</summary>
internal static class LineParser
{
    private static readonly Dictionary<string, string> NoOptions = [];

    /// <summary>What a line is answered with that is longer than any may be.</summary>
    public static LineReading TooLong { get; } = Malformed($"a line has at most {LineGrammar.MaxLineBytes} bytes");

    /// <summary>Reads a line.</summary>
    /// <param name="line">Without the line feed; one carriage return at its end is not looked at.</param>
    public static LineReading Read(ReadOnlySpan<byte> line)
    {
        if (line is [.. var rest, (byte)'\r'])
        {
            line = rest;
        }

        if (line.Length > LineGrammar.MaxLineBytes)
        {
            return TooLong;
        }

        if (line.ContainsAnyExceptInRange((byte)' ', (byte)'~'))
        {
            return Malformed("a line is printable ASCII");
        }

        var parts = Encoding.ASCII.GetString(line).Split(' ');
        if (Array.Exists(parts, static part => part.Length == 0))
        {
            return Malformed("one space stands between two fields, and nowhere else");
        }

        if (LineGrammar.Find(parts[0]) is not { } syntax)
        {
            return Malformed("there is no such command");
        }

        if (parts.Length == 1 && syntax.HasOptionalTag)
        {
            return new LineReading(new LineCommand(syntax.Verb, "", [], NoOptions), null);
        }

        return parts.Length > 1 && parts[1].Length <= LineGrammar.MaxTagLength
            ? Read(syntax, parts[1], parts.AsSpan(2))
            : Malformed($"a tag of 1 to {LineGrammar.MaxTagLength} characters follows the command");
    }

    private static LineReading Read(LineSyntax syntax, string tag, ReadOnlySpan<string> parts)
    {
        var fields = new List<string>(syntax.Fields.Count);
        foreach (var field in syntax.Fields)
        {
            if (fields.Count == parts.Length || (field.IsOptional && parts[fields.Count].Contains('=')))
            {
                if (field.IsOptional)
                {
                    break;
                }

                return Refused(tag, ProblemCodes.MissingField, $"{field.Name} is missing");
            }

            if (field.Take(parts[fields.Count]) is not { } value)
            {
                return Refused(tag, ProblemCodes.InvalidField, $"{field.Name} must be {field.Form}");
            }

            fields.Add(value);
        }

        var options = NoOptions;
        foreach (var part in parts[fields.Count..])
        {
            var at = part.IndexOf('=');
            if (at <= 0 || !syntax.Options.Contains(part[..at]))
            {
                return Refused(
                    tag, ProblemCodes.UnknownField, $"{(at > 0 ? part[..at] : part)} is no field of this command");
            }

            if (at == part.Length - 1)
            {
                return Refused(tag, ProblemCodes.InvalidField, $"{part[..at]} has no value");
            }

            options = options.Count == 0 ? [] : options;
            if (!options.TryAdd(part[..at], part[(at + 1)..]))
            {
                return Refused(tag, ProblemCodes.DuplicateField, $"{part[..at]} is given twice");
            }
        }

        return new LineReading(new LineCommand(syntax.Verb, tag, fields, options), null);
    }

    private static LineReading Refused(string tag, ProblemCode code, string message) =>
        new(null, new LineDefect(tag, code, message));

    private static LineReading Malformed(string message) =>
        new(null, new LineDefect(null, ProblemCodes.MalformedRequest, message));
}
