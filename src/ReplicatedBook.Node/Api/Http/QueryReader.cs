using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http.Parameters;

namespace ReplicatedBook.Node.Api.Http;

/// <summary>Reads query parameters strictly: what is unknown, given twice or out of range is refused.</summary>
/// <remarks>Ask for every parameter the route knows, then look at <see cref="Finish"/>.</remarks>
internal sealed class QueryReader
{
    private const int MaxParameters = 32;

    private readonly List<(string Name, string Value)> _given = [];
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Defects _defects = new();

    public QueryReader(HttpRequest request)
        : this(request.QueryString)
    {
    }

    public QueryReader(QueryString query)
    {
        if (!query.HasValue)
        {
            return;
        }

        foreach (var pair in new QueryStringEnumerable(query.Value))
        {
            if (_given.Count == MaxParameters)
            {
                Refuse("", $"more than {MaxParameters} parameters");
                return;
            }

            var name = pair.DecodeName().ToString();
            if (_given.Exists(other => other.Name == name))
            {
                Refuse(name, "it is given twice");
            }

            _given.Add((name, pair.DecodeValue().ToString()));
        }
    }

    /// <summary>A text as given; null when absent.</summary>
    public string? Text(TextParameter parameter) => Given(parameter.Name);

    /// <summary>An integer within bounds; null when absent or refused.</summary>
    public long? Integer(IntegerParameter parameter)
    {
        var (name, min, max) = (parameter.Name, parameter.Min, parameter.Max);
        if (Given(name) is not { } text)
        {
            return null;
        }

        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            && value >= min && value <= max)
        {
            return value;
        }

        Refuse(name, string.Create(CultureInfo.InvariantCulture, $"it must be an integer from {min} to {max}"));
        return null;
    }

    /// <summary>The same; its standard value when absent or refused.</summary>
    public long IntegerOrStandard(IntegerParameter parameter) =>
        Integer(parameter) ?? parameter.Standard
            ?? throw new ArgumentException($"{parameter.Name} has no standard value", nameof(parameter));

    /// <summary>True or false; false when absent or refused. An empty value means true, as in
    /// <c>?verbose</c>.</summary>
    public bool Flag(FlagParameter parameter)
    {
        var text = Given(parameter.Name);
        if (text is null or "true" or "false" or "")
        {
            return text is "true" or "";
        }

        Refuse(parameter.Name, "it must be true or false");
        return false;
    }

    /// <summary>One of a few words; its standard word, which may be none, when absent or refused.</summary>
    public string? Word(WordParameter parameter)
    {
        if (Given(parameter.Name) is not { } text)
        {
            if (parameter.IsRequired)
            {
                Refuse(parameter.Name, $"it must be one of {string.Join(", ", parameter.Words)}");
            }

            return parameter.Standard;
        }

        foreach (var word in parameter.Words)
        {
            if (word == text)
            {
                return text;
            }
        }

        Refuse(parameter.Name, $"it must be one of {string.Join(", ", parameter.Words)}");
        return parameter.Standard;
    }

    /// <summary>Notes that a parameter is wrong or out of place.</summary>
    public void Refuse(string name, string message) =>
        _defects.Add(ProblemCodes.InvalidQuery, name, $"{name}: {message}");

    /// <summary>Notes that a parameter asks for a feature that is switched off.</summary>
    public void RefuseFeature(string name) =>
        _defects.Add(
            ProblemCodes.FeatureDisabled, name, $"{name} belongs to a feature that is switched off on this node");

    /// <summary>Refuses what nobody asked for.</summary>
    /// <returns>Null when all is well.</returns>
    public ApiProblem? Finish()
    {
        foreach (var (name, _) in _given)
        {
            if (!_known.Contains(name))
            {
                Refuse(name.Length <= 64 ? name : name[..64], "no such parameter of this route");
            }
        }

        return _defects.ToProblem();
    }

    private string? Given(string name)
    {
        if (_given.Count == 0)
        {
            return null; // Mostly there is none, and then nothing need be remembered.
        }

        _known.Add(name);
        foreach (var (given, value) in _given)
        {
            if (given == name)
            {
                return value;
            }
        }

        return null;
    }
}
