using System.Text.Json;
using Lightport.Conversation;
using Lightport.Exchanges;
using Lightport.Storage;
using Lightport.Transport.Body;
using Microsoft.AspNetCore.Http;

namespace Lightport.Doors;

/// <summary>
/// Answers that the gateway kept, as their clients ask for them again
/// (https://platform.openai.com/docs/api-reference/responses/get, https://ai.google.dev/api/interactions-api).
/// </summary>
internal static class ResponseDoors
{
    private const int UsualItems = 20;
    private const int MostItems = 100;

    /// <summary>False where the gateway keeps no such answer for this client.</summary>
    /// <exception cref="GatewayException">It does, and cannot do this with it; or the store failed.</exception>
    public static async ValueTask<bool> TryAnswerAsync(Exchange exchange)
    {
        string id = exchange.Request.PathValue("id")!;
        AnswerMemory memory = exchange.Memory!;
        if (!exchange.ServedKept.IsOwn(id))
        {
            return false;
        }

        if (exchange.Endpoint.Method == HttpMethods.Delete)
        {
            if (!await memory.RemoveAsync(exchange, id).ConfigureAwait(false))
            {
                return false;
            }

            await WriteAsync(exchange, writer => exchange.ServedKept.WriteRemoved(id, writer)).ConfigureAwait(false);
            return true;
        }

        if (await memory.FindAsync(exchange, id).ConfigureAwait(false) is not { } found)
        {
            return false;
        }

        if (exchange.Endpoint.Method == HttpMethods.Post)
        {
            throw GatewayException.BadRequest("Only an answer that is made in the background can be cancelled.");
        }

        foreach (string asked in (string[])["stream", "include_input"])
        {
            if (exchange.Request.Query(asked) is "true")
            {
                throw GatewayException.BadRequest(
                    $"An answer that was kept is told whole and alone: leave '{asked}' out.",
                    asked,
                    "unsupported_parameter");
            }
        }

        await WriteAsync(
            exchange,
            writer =>
            {
                if (exchange.Endpoint.Path.EndsWith("/input_items", StringComparison.Ordinal))
                {
                    WriteItems(writer, exchange, found);
                }
                else
                {
                    writer.WriteRawValue(found.Response, skipInputValidation: true);
                }
            }).ConfigureAwait(false);
        return true;
    }

    /// <summary>Nobody has such an answer for this client, be it another's or nobody's.</summary>
    public static GatewayException NotFound(Exchange exchange) =>
        new(exchange.ServedKept.NotFound(exchange.Request.PathValue("id")!));

    /// <summary>A page of what was asked, newest first unless the client wants it otherwise.</summary>
    private static void WriteItems(Utf8JsonWriter writer, Exchange exchange, StoredResponse found)
    {
        int limit = int.TryParse(exchange.Request.Query("limit") ?? $"{UsualItems}", out int asked)
            && asked is > 0 and <= MostItems
                ? asked
                : throw GatewayException.BadRequest($"'limit' must be from 1 to {MostItems}.", "limit");
        IEnumerable<(string Id, JsonElement Item)> items =
            JsonElement.Parse(found.Input).EnumerateArray().Select((item, place) => (IdOf(item, place), item));
        if (exchange.Request.Query("order") != "asc")
        {
            items = items.Reverse();
        }

        if (exchange.Request.Query("after") is { } after)
        {
            items = items.SkipWhile(item => item.Id != after).Skip(1);
        }

        (string Id, JsonElement Item)[] page = [.. items.Take(limit + 1)];
        bool hasMore = page.Length > limit;
        page = page[..Math.Min(limit, page.Length)];
        writer.WriteStartObject();
        writer.WriteString("object"u8, "list"u8);
        writer.WriteStartArray("data"u8);
        foreach ((string id, JsonElement item) in page)
        {
            WriteItem(writer, id, item);
        }

        writer.WriteEndArray();
        writer.WriteString("first_id"u8, page.Length > 0 ? page[0].Id : null);
        writer.WriteString("last_id"u8, page.Length > 0 ? page[^1].Id : null);
        writer.WriteBoolean("has_more"u8, hasMore);
        writer.WriteEndObject();
    }

    private static void WriteItem(Utf8JsonWriter writer, string id, JsonElement item)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, id);
        if (!item.TryGetProperty("type", out _))
        {
            writer.WriteString("type"u8, "message"u8);
        }

        foreach (JsonProperty property in item.EnumerateObject())
        {
            if (!property.NameEquals("id"))
            {
                property.WriteTo(writer);
            }
        }

        writer.WriteEndObject();
    }

    /// <summary>Many clients name no item; then its place does.</summary>
    private static string IdOf(JsonElement item, int place) =>
        item.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()!
            : $"item_{place}";

    private static async ValueTask WriteAsync(Exchange exchange, Action<Utf8JsonWriter> write)
    {
        using var buffer = new PooledBuffer();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            write(writer);
        }

        HttpResponse response = exchange.Context.Response;
        response.ContentType = "application/json";
        response.ContentLength = buffer.Length;
        response.Headers["x-request-id"] = exchange.RequestId;
        await response.BodyWriter.WriteAsync(buffer.Written, exchange.Aborted).ConfigureAwait(false);
    }
}
