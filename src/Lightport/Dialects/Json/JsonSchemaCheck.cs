using System.Runtime.InteropServices;
using System.Text.Json;
using Lightport.Conversation;

namespace Lightport.Dialects.Json;

/// <summary>
/// Checks an answer against the schema that its client asked for (https://json-schema.org/draft/2020-12). It is there
/// to tell that a model did not keep to a schema that nobody held it to, so it errs on the answer's side: a word that
/// it does not know, and whatever is left when <see cref="MostSteps"/> are done, count as kept.
/// </summary>
internal sealed class JsonSchemaCheck
{
    private const int MostSteps = 200_000;
    private const int DeepestSchema = 256;

    private readonly JsonSchemaReferences _references;
    private readonly JsonSchemaScalars _scalars = new();
    private long _steps;

    private JsonSchemaCheck(JsonElement root) => _references = new JsonSchemaReferences(root);

    /// <param name="schema">The client's.</param>
    /// <param name="text">The answer's whole text; anything but JSON breaks every schema.</param>
    public static bool Holds(JsonElement schema, string text)
    {
        try
        {
            return new JsonSchemaCheck(schema).Holds(schema, JsonElement.Parse(text), 0);
        }
        catch (JsonException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, which the framework cannot compare with anything.
            return true;
        }
    }

    private bool Holds(JsonElement schema, JsonElement value, int depth)
    {
        if (schema.ValueKind == JsonValueKind.False)
        {
            return false;
        }

        if (schema.ValueKind != JsonValueKind.Object || depth > DeepestSchema)
        {
            return true;
        }

        foreach (JsonProperty keyword in schema.EnumerateObject())
        {
            _steps += Cost(keyword.Value, value);
            if (_steps > MostSteps)
            {
                return true;
            }

            if (!Holds(LenientText.Name(keyword), keyword.Value, schema, value, depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>In looks at one value: a long text or list takes more than one.</summary>
    private static long Cost(JsonElement said, JsonElement value) => said.ValueKind switch
    {
        JsonValueKind.Array => 1 + (said.GetArrayLength() * Looks(value)),
        JsonValueKind.Object => 1 + said.GetPropertyCount(),
        _ => Looks(value),
    };

    private static long Looks(JsonElement value) => 1 + (JsonMarshal.GetRawUtf8Value(value).Length / 256);

    private bool Holds(string word, JsonElement said, JsonElement schema, JsonElement value, int depth) => word switch
    {
        "$ref" => said.ValueKind != JsonValueKind.String
            || _references.Find(said.Text()) is not { } target
            || Holds(target, value, depth),
        "anyOf" => said.ValueKind != JsonValueKind.Array
            || said.EnumerateArray().Any(variant => Holds(variant, value, depth)),
        "oneOf" => said.ValueKind != JsonValueKind.Array
            || said.EnumerateArray().Count(variant => Holds(variant, value, depth)) == 1 || _steps > MostSteps,
        "allOf" => said.ValueKind != JsonValueKind.Array
            || said.EnumerateArray().All(variant => Holds(variant, value, depth)),
        "not" => !Holds(said, value, depth) || _steps > MostSteps,
        "properties" or "patternProperties" or "additionalProperties" or "required" =>
            value.ValueKind != JsonValueKind.Object || HoldsMembers(word, said, schema, value, depth),
        "items" or "prefixItems" =>
            value.ValueKind != JsonValueKind.Array || HoldsItems(word, said, schema, value, depth),
        _ => _scalars.Holds(word, said, value),
    };

    private bool HoldsMembers(string word, JsonElement said, JsonElement schema, JsonElement value, int depth)
    {
        var members = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (JsonProperty member in value.EnumerateObject())
        {
            members[LenientText.Name(member)] = member.Value;
            _steps++;
        }

        switch (word, said.ValueKind)
        {
            case ("required", JsonValueKind.Array):
                return said.EnumerateArray().All(
                    name => name.ValueKind != JsonValueKind.String || members.ContainsKey(name.Text()));
            case ("properties", JsonValueKind.Object):
                return said.EnumerateObject().All(property =>
                    !members.TryGetValue(LenientText.Name(property), out JsonElement member)
                    || Holds(property.Value, member, depth));
            case ("patternProperties", JsonValueKind.Object):
                _steps += (long)members.Count * said.GetPropertyCount();
                return said.EnumerateObject().All(property => members.All(member =>
                    !_scalars.Matches(LenientText.Name(property), member.Key)
                    || Holds(property.Value, member.Value, depth)));
            case ("additionalProperties", _):
                return Others(schema, members).All(member => Holds(said, member, depth));
            default:
                return true;
        }
    }

    /// <summary>The members that neither <c>properties</c> nor <c>patternProperties</c> speak of.</summary>
    private IEnumerable<JsonElement> Others(JsonElement schema, Dictionary<string, JsonElement> members)
    {
        var known = new HashSet<string>(Names(schema, "properties"), StringComparer.Ordinal);
        string[] patterns = [.. Names(schema, "patternProperties")];
        _steps += known.Count + ((long)patterns.Length * members.Count);
        return members
            .Where(member => !known.Contains(member.Key)
                && !Array.Exists(patterns, pattern => _scalars.Matches(pattern, member.Key)))
            .Select(member => member.Value);
    }

    private static IEnumerable<string> Names(JsonElement schema, string word) =>
        LenientText.TryGetProperty(schema, word, out JsonElement map) && map.ValueKind == JsonValueKind.Object
            ? map.EnumerateObject().Select(LenientText.Name)
            : [];

    private bool HoldsItems(string word, JsonElement said, JsonElement schema, JsonElement value, int depth)
    {
        if (word == "prefixItems")
        {
            return said.ValueKind != JsonValueKind.Array
                || said.EnumerateArray().Zip(value.EnumerateArray()).All(pair => Holds(pair.First, pair.Second, depth));
        }

        int before = LenientText.TryGetProperty(schema, "prefixItems", out JsonElement first)
            && first.ValueKind == JsonValueKind.Array ? first.GetArrayLength() : 0;
        return value.EnumerateArray().Skip(before).All(item => Holds(said, item, depth));
    }
}
