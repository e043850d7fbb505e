using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Lightport.Providers.Echo;

/// <summary>
/// Echo's embeddings: unit vectors drawn from the text's hash, so that equal texts are equal vectors.
/// </summary>
internal static class EchoEmbeddings
{
    private const int DefaultDimensions = 8;
    private const int MaxDimensions = 4096;

    public static EchoResponse Answer(JsonElement body)
    {
        JsonElement input = body.GetProperty("input");
        string[] texts = input.ValueKind == JsonValueKind.Array
            ? [.. input.EnumerateArray().Select(item => item.GetRawText())]
            : [input.GetRawText()];
        int dimensions =
            body.TryGetProperty("dimensions", out JsonElement asked) ? asked.GetInt32() : DefaultDimensions;
        if (dimensions is < 1 or > MaxDimensions)
        {
            return EchoResponse.Refuse(400, $"'dimensions' must be from 1 to {MaxDimensions}.");
        }

        bool base64 = body.TryGetProperty("encoding_format", out JsonElement format) && format.ValueEquals("base64");
        return EchoResponse.Json(200, writer => Write(writer, texts, dimensions, base64));
    }

    private static void Write(Utf8JsonWriter writer, string[] texts, int dimensions, bool base64)
    {
        writer.WriteStartObject();
        writer.WriteString("object", "list");
        writer.WriteStartArray("data");
        for (int i = 0; i < texts.Length; i++)
        {
            writer.WriteStartObject();
            writer.WriteString("object", "embedding");
            writer.WriteNumber("index", i);
            WriteVector(writer, Embed(texts[i], dimensions), base64);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteString("model", "echo");
        int tokens = texts.Sum(text => text.Split(' ').Length);
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", tokens);
        writer.WriteNumber("total_tokens", tokens);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteVector(Utf8JsonWriter writer, float[] vector, bool base64)
    {
        if (base64)
        {
            byte[] bytes = new byte[vector.Length * sizeof(float)];
            for (int i = 0; i < vector.Length; i++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), vector[i]);
            }

            writer.WriteBase64String("embedding", bytes);
            return;
        }

        writer.WriteStartArray("embedding");
        foreach (float value in vector)
        {
            writer.WriteNumberValue(value);
        }

        writer.WriteEndArray();
    }

    private static float[] Embed(string text, int dimensions)
    {
        byte[] stream = new byte[dimensions];
        byte[] seed = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        for (int i = 0; i < dimensions; i++)
        {
            if (i > 0 && i % seed.Length == 0)
            {
                seed = SHA256.HashData(seed);
            }

            stream[i] = seed[i % seed.Length];
        }

        float[] vector = [.. stream.Select(b => (b - 127.5f) / 127.5f)];
        float norm = MathF.Sqrt(vector.Sum(v => v * v));
        return [.. vector.Select(v => v / norm)];
    }
}
