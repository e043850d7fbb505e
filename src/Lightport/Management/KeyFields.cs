using System.Text.Json;
using Lightport.Admission;
using Lightport.Configuration.Reading;
using Lightport.Conversation;
using Lightport.Routing;
using Lightport.Storage;

namespace Lightport.Management;

/// <summary>Reads what a body says of a client key; whatever it does not know, it refuses.</summary>
internal static class KeyFields
{
    private const int LongestName = 100;
    private const int LongestText = 256;
    private const int MostModels = 1000;
    private const int MostTags = 50;

    /// <summary>The record as the body wants it; what the body does not name stays.</summary>
    /// <param name="routing">What there is to be asked for; null where nothing is configured yet.</param>
    /// <exception cref="GatewayException">A 400 that names the field.</exception>
    public static ClientKeyRecord Apply(
        ClientKeyRecord record, JsonElement body, bool creating, DateTimeOffset now, RoutingTable? routing)
    {
        foreach (JsonProperty field in body.EnumerateObject())
        {
            record = field.Name switch
            {
                "name" => record with { Name = Text(field, LongestName) },
                "models" => record with { Models = Models(field, routing) },
                "tags" => record with { Tags = Tags(field) },
                "expires_at" => record with { ExpiresAt = Moment(field, now) },
                "disabled" => record with { Disabled = Flag(field) },
                "limits" => record with { Limits = KeyLimitFields.Read(field) },
                "sha256" when creating => record with { Hash = Hash(field) },
                _ => throw Refuse(field, creating
                    ? "is not known; a key has name, models, tags, limits, expires_at, disabled and sha256"
                    : "is not known; of a key change name, models, tags, limits, expires_at and disabled"),
            };
        }

        return record.Name.Length > 0
            ? record
            : throw GatewayException.BadRequest("A key needs a 'name', which logs and usage call it.", "name");
    }

    private static GatewayException Refuse(JsonProperty field, string what) =>
        GatewayException.BadRequest($"'{Shown(field.Name)}' {what}.", Shown(field.Name), "invalid_field");

    private static GatewayException Unknown(string model, RoutingTable routing)
    {
        string question = NearNames.Question(model, routing.ModelNames);
        return GatewayException.BadRequest(
            $"'models' holds '{Shown(model)}', by which the configuration in force could route no request"
            + (question.Length > 0 ? question : "; put it under models there first."),
            "models",
            "invalid_field");
    }

    private static string Shown(string name) => name.Length <= 40 ? name : name[..40] + "…";

    private static string Text(JsonProperty field, int longest) =>
        field.Value.ValueKind == JsonValueKind.String
        && field.Value.GetString() is { Length: > 0 } text
        && text.Length <= longest
        && !text.Any(char.IsControl)
            ? text
            : throw Refuse(field, $"must be text of 1 to {longest} characters");

    private static string[]? Models(JsonProperty field, RoutingTable? routing)
    {
        if (field.Value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        if (field.Value.ValueKind != JsonValueKind.Array || field.Value.GetArrayLength() > MostModels)
        {
            throw Refuse(field, $"must be a list of at most {MostModels} names, with * for any run of characters");
        }

        string[] names =
        [
            .. field.Value.EnumerateArray().Select(item =>
                item.ValueKind == JsonValueKind.String
                && item.GetString() is { Length: > 0 and <= LongestText } name
                    ? name
                    : throw Refuse(field, $"must hold names of 1 to {LongestText} characters")),
        ];
        return routing is not null && Array.Find(names, name => !KnownModels.Include(routing, name)) is { } unknown
            ? throw Unknown(unknown, routing)
            : names;
    }

    private static Dictionary<string, string> Tags(JsonProperty field)
    {
        if (field.Value.ValueKind == JsonValueKind.Null)
        {
            return [];
        }

        if (field.Value.ValueKind != JsonValueKind.Object || field.Value.GetPropertyCount() > MostTags)
        {
            throw Refuse(field, $"must be an object of at most {MostTags} texts");
        }

        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty tag in field.Value.EnumerateObject())
        {
            tags[tag.Name] = tag.Name.Length <= LongestText
                && tag.Value.ValueKind == JsonValueKind.String
                && tag.Value.GetString() is { Length: <= LongestText } text
                    ? text
                    : throw Refuse(field, $"must hold texts of at most {LongestText} characters");
        }

        return tags;
    }

    private static DateTimeOffset? Moment(JsonProperty field, DateTimeOffset now) => field.Value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String when Moments.Parse(field.Value.GetString()!) is { } past && past <= now =>
            throw Refuse(field, "has passed already; to end a key at once, disable it"),
        JsonValueKind.String when Moments.Parse(field.Value.GetString()!) is { } moment => moment,
        _ => throw Refuse(field, "must be a day or a moment, as in 2027-01-01 or 2027-01-01T12:00:00Z"),
    };

    private static bool Flag(JsonProperty field) => field.Value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw Refuse(field, "must be true or false"),
    };

    private static string Hash(JsonProperty field) =>
        field.Value.ValueKind == JsonValueKind.String && KeyHash.Parse(field.Value.GetString()!) is { } hash
            ? hash.ToString()
            : throw Refuse(field, "must be the SHA-256 of a key in 64 hexadecimal digits, never the key itself");
}
