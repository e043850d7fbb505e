using System.Text.Json;
using Lightport.Conversation;
using Lightport.Dialects.Json;
using Lightport.Dialects.OpenAI.Chat;

namespace Lightport.Dialects.OpenAI.Responses;

/// <summary>The facts at the top of a response, read without making anything of its content.</summary>
internal ref struct OpenAIResponsesHead
{
    public string? Id;
    public string? Model;
    public string? Status;
    public string? ServiceTier;
    public long Created;
    public string? IncompleteReason;
    public ReadOnlySpan<byte> Usage;
    public ReadOnlySpan<byte> Output;

    /// <summary>Whether the provider keeps it; null where it does not say.</summary>
    public bool? Store;

    /// <summary>It says what it failed of.</summary>
    public bool HasError;

    /// <summary>Whether it is worth a closer look for what it failed of.</summary>
    public readonly bool MayHaveFailed => HasError || Status is "failed" or "cancelled" or "queued" or "in_progress";

    /// <exception cref="JsonException">It is malformed.</exception>
    public static OpenAIResponsesHead Read(ReadOnlySpan<byte> response)
    {
        var head = new OpenAIResponsesHead();
        var reader = new Utf8JsonReader(response);
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("A response is a JSON object.");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            head.Take(ref reader, response);
        }

        reader.Read();
        return head;
    }

    /// <summary>What its items say of the whole; they are looked at only where one of them is of a tool.</summary>
    public readonly void SeeOutput(OpenAIResponsesOutputFacts facts)
    {
        if (Output.IndexOf("_call\""u8) >= 0)
        {
            foreach (JsonElement item in ProviderJson.Parse(Output).EnumerateArray())
            {
                facts.See(item);
            }
        }
    }

    /// <summary>The usage told; null where none is.</summary>
    public readonly TokenUsage? UsageWith(OpenAIResponsesOutputFacts facts) =>
        !Usage.IsEmpty && OpenAIChatUsage.Read(Usage) is { } told ? facts.Bill(told) : null;

    private void Take(scoped ref Utf8JsonReader reader, ReadOnlySpan<byte> response)
    {
        if (reader.Is("id"u8))
        {
            Id = reader.ReadText();
        }
        else if (reader.Is("model"u8))
        {
            Model = reader.ReadText();
        }
        else if (reader.Is("status"u8))
        {
            Status = reader.ReadText();
        }
        else if (reader.Is("service_tier"u8))
        {
            ServiceTier = reader.ReadText();
        }
        else if (reader.Is("created_at"u8))
        {
            reader.Read();
            Created = reader.TokenType != JsonTokenType.Number ? 0
                : reader.TryGetInt64(out long whole) ? whole : (long)reader.GetDouble();
            reader.Skip();
        }
        else if (reader.Is("usage"u8))
        {
            Usage = reader.ReadObject(response);
        }
        else if (reader.Is("incomplete_details"u8))
        {
            ReadOnlySpan<byte> details = reader.ReadObject(response);
            IncompleteReason = details.IsEmpty ? null : ProviderJson.Parse(details).TextOf("reason");
        }
        else if (reader.Is("error"u8))
        {
            reader.Read();
            HasError = reader.TokenType != JsonTokenType.Null;
            reader.Skip();
        }
        else if (reader.Is("store"u8))
        {
            reader.Read();
            Store = reader.TokenType switch
            {
                JsonTokenType.True => true,
                JsonTokenType.False => false,
                _ => null,
            };
            reader.Skip();
        }
        else if (reader.Is("output"u8))
        {
            Output = reader.ReadArray(response);
        }
        else
        {
            reader.Skip();
        }
    }
}
