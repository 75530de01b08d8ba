using System.Text.Json;
using System.Text.Json.Serialization;

namespace ReplicatedBook.Contracts.Http;

/// <summary>Levels as arrays: price, quantity, and the count (a number) or the order id (a text).</summary>
public sealed class BookLevelConverter : JsonConverter<BookLevel>
{
    /// <inheritdoc/>
    public override BookLevel Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        Require(reader.TokenType == JsonTokenType.StartArray);
        Require(reader.Read() && reader.TokenType == JsonTokenType.String);
        var price = reader.GetString()!;
        Require(reader.Read() && reader.TokenType == JsonTokenType.String);
        var quantity = reader.GetString()!;
        Require(reader.Read() && reader.TokenType is JsonTokenType.String or JsonTokenType.Number);
        var level = reader.TokenType == JsonTokenType.Number
            ? new BookLevel(price, quantity, reader.GetInt32(), null)
            : new BookLevel(price, quantity, 0, reader.GetString());
        Require(reader.Read() && reader.TokenType == JsonTokenType.EndArray);
        return level;
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, BookLevel value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Price);
        writer.WriteStringValue(value.Quantity);
        if (value.OrderId is null)
        {
            writer.WriteNumberValue(value.OrderCount);
        }
        else
        {
            writer.WriteStringValue(value.OrderId);
        }

        writer.WriteEndArray();
    }

    private static void Require(bool holds)
    {
        if (!holds)
        {
            throw new JsonException("a book level is an array of price, quantity and order count or order id");
        }
    }
}
