using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lightport.Dialects;
using Lightport.Dialects.Json;
using Lightport.Routing.Selection;
using Lightport.Transport.Body;

namespace Lightport.Exchanges;

/// <summary>
/// The number that requests share which are to be kept together. Those of one session: by what the client says of it,
/// else by what stays the same from turn to turn, which is also what provider caches go by: system text, tools, and the
/// turns up to the first of the user's.
/// </summary>
internal static class RequestAffinity
{
    /// <summary>A header that says which session it is, ours before one that many clients know.</summary>
    private static readonly string[] Headers = ["x-lightport-session", "x-session-id"];

    private static readonly string[] UserFields = ["safety_identifier", "user"];

    private static readonly string[] SessionFields = ["prompt_cache_key", .. UserFields];

    private static readonly string[] PrefixFields =
        ["system", "instructions", "systemInstruction", "system_instruction", "tools"];

    private static readonly string[] TurnFields = ["messages", "contents", "input", "prompt"];

    public static ulong Of(Exchange exchange, AffinityKey by)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        if (by != AffinityKey.Prompt)
        {
            Add(hash, exchange.Caller?.KeyId ?? "");
        }

        if (Said(exchange.Request, by) is { } said)
        {
            Add(hash, said);
        }
        else if (by != AffinityKey.User)
        {
            AddBeginning(hash, exchange.Request);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt64LittleEndian(digest);
    }

    private static string? Said(ClientRequest request, AffinityKey by) => by switch
    {
        AffinityKey.Session => SaidInHeader(request) ?? Said(request, SessionFields),
        AffinityKey.User => Said(request, UserFields),
        _ => null,
    };

    private static string? SaidInHeader(ClientRequest request)
    {
        foreach (string header in Headers)
        {
            if (request.Header(header) is { Length: > 0 } session)
            {
                return session;
            }
        }

        return null;
    }

    private static string? Said(ClientRequest request, string[] fields)
    {
        if (!request.IsJson)
        {
            return null;
        }

        JsonEnvelope body = request.Json;
        foreach (string field in fields)
        {
            if (body.GetString(field) is { Length: > 0 } said)
            {
                return said;
            }
        }

        return body.TryGet("metadata", out JsonField metadata) && metadata.Type == JsonTokenType.StartObject
            ? UserId(body.Value(metadata))
            : null;
    }

    private static string? UserId(ReadOnlySpan<byte> metadata)
    {
        var reader = new Utf8JsonReader(metadata);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool found = reader.Is("user_id"u8);
            reader.Read();
            if (found && reader.TokenType == JsonTokenType.String)
            {
                return Encoding.UTF8.GetString(reader.ValueSpan) is { Length: > 0 } user ? user : null;
            }

            reader.Skip();
        }

        return null;
    }

    private static void AddBeginning(IncrementalHash hash, ClientRequest request)
    {
        if (!request.IsJson)
        {
            hash.AppendData(request.Body.Span);
            return;
        }

        JsonEnvelope body = request.Json;
        foreach (string name in PrefixFields)
        {
            if (body.TryGet(name, out JsonField field))
            {
                hash.AppendData(body.Value(field));
            }
        }

        foreach (string name in TurnFields)
        {
            if (body.TryGet(name, out JsonField turns))
            {
                hash.AppendData(UpToUser(body.Value(turns)));
            }
        }
    }

    /// <summary>The turns up to the first of the user's, that one included; all of it where there is none.</summary>
    private static ReadOnlySpan<byte> UpToUser(ReadOnlySpan<byte> turns)
    {
        var reader = new Utf8JsonReader(turns);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartArray)
        {
            return turns;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            if (SkipTurn(ref reader))
            {
                return turns[..(int)reader.BytesConsumed];
            }
        }

        return turns;
    }

    /// <returns>Whether the turn that the reader stood before is the user's.</returns>
    private static bool SkipTurn(ref Utf8JsonReader reader)
    {
        bool isUsers = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isRole = reader.Is("role"u8);
            reader.Read();
            isUsers |= isRole && reader.TokenType == JsonTokenType.String && reader.Is("user"u8);
            reader.Skip();
        }

        return isUsers;
    }

    /// <summary>Each text ends with a byte that no UTF-8 has, so that two never run into one.</summary>
    private static void Add(IncrementalHash hash, string text)
    {
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        hash.AppendData([0xFF]);
    }
}
