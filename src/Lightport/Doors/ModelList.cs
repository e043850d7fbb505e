using System.Text.Json;
using Lightport.Exchanges;
using Microsoft.AspNetCore.Http;

namespace Lightport.Doors;

/// <summary>The list of models as each family of clients wants it, on one path; its headers tell the family.</summary>
internal static class ModelList
{
    /// <summary>Names have no date of their own; clients want one, so all have this: 2026-01-01T00:00:00Z.</summary>
    private const long Created = 1_767_225_600;

    private const string CreatedAt = "2026-01-01T00:00:00Z";

    public static void Write(Utf8JsonWriter writer, HttpRequest request, IReadOnlyList<string> names)
    {
        bool gemini = ClientDialect.IsGemini(request);
        writer.WriteStartObject();
        if (!gemini && !ClientDialect.IsAnthropic(request))
        {
            writer.WriteString("object", "list");
        }

        writer.WriteStartArray(gemini ? "models" : "data");
        foreach (string name in names)
        {
            WriteOne(writer, request, name);
        }

        writer.WriteEndArray();
        if (!gemini && ClientDialect.IsAnthropic(request))
        {
            // The whole list is one page, whatever limit was asked for.
            writer.WriteBoolean("has_more", false);
            writer.WriteString("first_id", names.Count > 0 ? names[0] : null);
            writer.WriteString("last_id", names.Count > 0 ? names[^1] : null);
        }

        writer.WriteEndObject();
    }

    public static void WriteOne(Utf8JsonWriter writer, HttpRequest request, string name)
    {
        writer.WriteStartObject();
        if (ClientDialect.IsGemini(request))
        {
            writer.WriteString("name", $"models/{name}");
            writer.WriteString("displayName", name);
        }
        else if (ClientDialect.IsAnthropic(request))
        {
            writer.WriteString("type", "model");
            writer.WriteString("id", name);
            writer.WriteString("display_name", name);
            writer.WriteString("created_at", CreatedAt);
        }
        else
        {
            writer.WriteString("id", name);
            writer.WriteString("object", "model");
            writer.WriteNumber("created", Created);
            writer.WriteString("owned_by", "lightport");
        }

        writer.WriteEndObject();
    }
}
