using System.Globalization;

namespace ReplicatedBook.Benchmarks.Flash1;

/// <summary>What the command line asks for.</summary>
internal sealed class Flash1Options
{
    private const int HashDigits = 64;
    private const int MostPasses = 1_000;

    private readonly List<(string Path, string? Expected)> _files = [];

    private Flash1Options()
    {
    }

    /// <summary>The files in order, each with the SHA-256 that it should give, if one was named.</summary>
    public IReadOnlyList<(string Path, string? Expected)> Files => _files;

    /// <summary>Measured passes.</summary>
    public int Passes { get; private set; } = 5;

    /// <summary>Only matchers whose name contains this.</summary>
    public string Only { get; private set; } = "";

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">They are not understood; the message says which and why.</exception>
    public static Flash1Options Parse(IReadOnlyList<string> arguments)
    {
        var options = new Flash1Options();
        for (var i = 0; i < arguments.Count; i += 2)
        {
            var name = arguments[i];
            if (i + 1 == arguments.Count)
            {
                throw new ArgumentException($"{name}: a value is missing");
            }

            options.Take(name, arguments[i + 1]);
        }

        return options._files.Count > 0 ? options : throw new ArgumentException("--workload FILE is missing");
    }

    private void Take(string name, string value)
    {
        switch (name)
        {
            case "--workload":
                _files.Add((value, null));
                break;
            case "--expect" when _files is [.., (var path, null)]:
                _files[^1] = value.Length == HashDigits && value.All(char.IsAsciiHexDigit)
                    ? (path, value.ToLowerInvariant())
                    : throw new ArgumentException($"--expect {value}: not {HashDigits} hexadecimal digits");
                break;
            case "--expect":
                throw new ArgumentException("--expect: stands behind the --workload it is for, once");
            case "--passes":
                Passes = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var passes)
                    && passes is >= 1 and <= MostPasses
                        ? passes
                        : throw new ArgumentException($"--passes {value}: not a number from 1 to {MostPasses}");
                break;
            case "--only":
                Only = value;
                break;
            default:
                throw new ArgumentException($"{name}: unknown option");
        }
    }
}
