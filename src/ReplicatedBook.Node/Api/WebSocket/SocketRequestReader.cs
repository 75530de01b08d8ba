using System.Collections.Frozen;
using System.Text.Json;
using ReplicatedBook.Contracts;
using ReplicatedBook.Node.Api.Http;

namespace ReplicatedBook.Node.Api.WebSocket;

/// <summary>Reads a message strictly: unknown, repeated, misplaced and missing fields are each refused.</summary>
internal ref struct SocketRequestReader
{
    private const int MaxDepth = 9; // A body may be 8 deep, as over HTTP, and is one below the message.
    private const int MaxIdBytes = 66; // 64 characters and their quotes.
    private const int MaxChannels = 1_000;
    private const long MaxNumber = (1L << 53) - 1;

    private static readonly FrozenDictionary<string, SocketField> Fields = Enum.GetValues<SocketField>()
        .Where(static field => field != SocketField.None)
        .ToFrozenDictionary(static field => JsonNamingPolicy.SnakeCaseLower.ConvertName($"{field}"));

    private static readonly FrozenDictionary<string, SocketOp> Ops =
        SocketOp.All.ToFrozenDictionary(static op => op.Name);

    private readonly ReadOnlySpan<byte> _message;
    private readonly Defects _defects = new();
    private readonly Dictionary<SocketField, string> _texts = [];
    private readonly Dictionary<SocketField, long> _numbers = [];
    private readonly List<string> _channels = [];
    private Utf8JsonReader _json;
    private SocketField _given;
    private SocketField _on;
    private ReadOnlyMemory<byte> _id;
    private ReadOnlyMemory<byte> _data;

    private SocketRequestReader(ReadOnlySpan<byte> message)
    {
        _message = message;
        _json = new Utf8JsonReader(message, new JsonReaderOptions { MaxDepth = MaxDepth });
    }

    /// <summary>Reads one message.</summary>
    /// <param name="message">All of it; nothing of it is kept.</param>
    /// <param name="id">The client's name for it, as far as that could be read; empty for none.</param>
    public static Bound<SocketRequest> Read(ReadOnlySpan<byte> message, out ReadOnlyMemory<byte> id)
    {
        var reader = new SocketRequestReader(message);
        try
        {
            return reader.ReadAll();
        }
        catch (JsonException failure)
        {
            return Malformed($"not JSON at byte {failure.BytePositionInLine.GetValueOrDefault()}");
        }
        catch (InvalidOperationException)
        {
            return Malformed("a text has half of a character"); // An escape like \ud800 stands for no text.
        }
        finally
        {
            id = reader._id;
        }
    }

    private Bound<SocketRequest> ReadAll()
    {
        if (!_json.Read() || _json.TokenType != JsonTokenType.StartObject)
        {
            return Malformed("an object is expected");
        }

        while (_json.Read() && _json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(_json.GetString()!);
        }

        while (_json.Read())
        {
            // Nothing may follow: what does is refused by the reader.
        }

        return Finish();
    }

    private void ReadMember(string name)
    {
        _json.Read();
        if (!Fields.TryGetValue(name, out var field))
        {
            var shown = name.Length <= 64 ? name : name[..64] + "...";
            _defects.Add(ProblemCodes.UnknownField, shown, $"{shown} is not a field of a message");
            _json.Skip();
            return;
        }

        if (_json.TokenType == JsonTokenType.Null)
        {
            return;
        }

        if ((_given & field) != 0)
        {
            _defects.Add(ProblemCodes.DuplicateField, name, $"{name} is given twice");
            _json.Skip();
            return;
        }

        _given |= field;
        ReadValue(field, name);
    }

    private void ReadValue(SocketField field, string name)
    {
        switch (field)
        {
            case SocketField.Id:
                ReadId();
                break;
            case SocketField.Channels:
                ReadChannels();
                break;
            case SocketField.Data when _json.TokenType == JsonTokenType.StartObject:
                var start = (int)_json.TokenStartIndex;
                _json.Skip();
                _data = _message[start..(int)_json.BytesConsumed].ToArray();
                break;
            case SocketField.FromIndex or SocketField.TimeoutMs or SocketField.GraceMs
                when _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value)
                    && value is >= 0 and <= MaxNumber:
                _numbers[field] = value;
                break;
            case SocketField.CancelOnDisconnect or SocketField.NoAck
                when _json.TokenType is JsonTokenType.True or JsonTokenType.False:
                _on |= _json.TokenType == JsonTokenType.True ? field : SocketField.None;
                break;
            case >= SocketField.OrderId and <= SocketField.IdempotencyKey or SocketField.Wait or SocketField.Token
                or SocketField.Op when _json.TokenType == JsonTokenType.String:
                _texts[field] = _json.GetString()!;
                break;
            default:
                _defects.Invalid(name, $"{name} must be {FormOf(field)}");
                _json.Skip();
                break;
        }
    }

    private void ReadId()
    {
        var start = (int)_json.TokenStartIndex;
        var isName = _json.TokenType == JsonTokenType.String
            || (_json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var number)
                && number is >= -MaxNumber and <= MaxNumber);
        var text = _message[start..(int)_json.BytesConsumed];
        if (isName && text.Length <= MaxIdBytes)
        {
            _id = text.ToArray();
            return;
        }

        _defects.Invalid("id", $"id must be {FormOf(SocketField.Id)}");
        _json.Skip();
    }

    private void ReadChannels()
    {
        if (_json.TokenType != JsonTokenType.StartArray)
        {
            _defects.Invalid("channels", $"channels must be {FormOf(SocketField.Channels)}");
            _json.Skip();
            return;
        }

        while (_json.Read() && _json.TokenType != JsonTokenType.EndArray)
        {
            if (_json.TokenType == JsonTokenType.String && _channels.Count < MaxChannels)
            {
                _channels.Add(_json.GetString()!);
            }
            else
            {
                _defects.Invalid("channels", $"channels must be {FormOf(SocketField.Channels)}");
                _json.Skip();
            }
        }
    }

    private readonly Bound<SocketRequest> Finish()
    {
        if ((_given & SocketField.Op) == 0)
        {
            _defects.Missing("op");
        }

        if (_texts.TryGetValue(SocketField.Op, out var name) && Ops.TryGetValue(name, out var op))
        {
            Check(op);
        }
        else
        {
            op = null;
            if (_defects.Count == 0)
            {
                var known = string.Join(", ", SocketOp.All.Select(static each => each.Name));
                _defects.Invalid("op", $"op must be one of {known}");
            }
        }

        return _defects.ToProblem() is { } problem
            ? Bound<SocketRequest>.Refused(problem)
            : new Bound<SocketRequest>(
                new SocketRequest
                {
                    Id = _id,
                    Op = op!,
                    Given = _given,
                    Data = _data,
                    Channels = _channels,
                    Texts = _texts,
                    Numbers = _numbers,
                    On = _on,
                },
                null);
    }

    private readonly void Check(SocketOp op)
    {
        foreach (var (name, field) in Fields)
        {
            if ((op.Required & field) != 0 && (_given & field) == 0)
            {
                _defects.Missing(name);
            }
            else if ((_given & field) != 0 && (op.Taken & field) == 0)
            {
                _defects.Add(ProblemCodes.UnknownField, name, $"{name} is not a field of {op.Name}");
            }
        }
    }

    private static string FormOf(SocketField field) => field switch
    {
        SocketField.Id => "an integer or a text of at most 64 bytes",
        SocketField.Channels => "a list of at most 1000 texts",
        SocketField.Data => "an object",
        SocketField.FromIndex or SocketField.TimeoutMs or SocketField.GraceMs => "an integer from 0 to 2^53 - 1",
        SocketField.CancelOnDisconnect or SocketField.NoAck => "true or false",
        _ => "a text",
    };

    private static Bound<SocketRequest> Malformed(string detail) =>
        Bound<SocketRequest>.Refused(new ApiProblem(ProblemCodes.MalformedRequest, detail));
}
