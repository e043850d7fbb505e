using System.Runtime.InteropServices;
using System.Text.Json;

namespace Lightport.Providers;

/// <summary>
/// The format of <c>parameters</c>: field to one action, as in
/// <c>{"seed": {"rename": "random_seed"}, "n": {"reject": {"except": [1]}}}</c>; of a family of models, by dialect.
/// </summary>
internal static class ParameterRulesFile
{
    private static readonly string[] Actions = ["rename", "drop", "reject", "default", "clamp", "map", "keep"];
    private static readonly string[] Conditions = ["except", "unless"];

    public static IReadOnlyDictionary<string, ParameterRules> ParseByDialect(ref StrictJsonReader reader)
    {
        var rules = new OrderedDictionary<string, ParameterRules>(StringComparer.Ordinal);
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string dialect))
        {
            rules[dialect] = ParseRules(ref reader);
        }

        return rules;
    }

    /// <param name="rules">One endpoint's.</param>
    /// <exception cref="DataFileException">They break the format.</exception>
    public static ParameterRules Parse(JsonElement rules)
    {
        var reader = new StrictJsonReader("parameters", JsonMarshal.GetRawUtf8Value(rules));
        return ParseRules(ref reader);
    }

    public static ParameterRules ParseRules(ref StrictJsonReader reader)
    {
        var rules = new List<ParameterRule>();
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string field))
        {
            rules.Add(Rule(ref reader, Path(ref reader, field)));
        }

        return new ParameterRules(rules);
    }

    private static ParameterRule Rule(ref StrictJsonReader reader, ParameterPath field)
    {
        ParameterRule? rule = null;
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string action))
        {
            if (rule is not null)
            {
                throw reader.Error("is a second action; a field has one");
            }

            rule = action switch
            {
                "rename" => Rename(ref reader, field),
                "drop" => Conditional(ref reader, new ParameterRule(field, ParameterAction.Drop)),
                "reject" => Conditional(ref reader, new ParameterRule(field, ParameterAction.Reject)),
                "keep" => Conditional(ref reader, new ParameterRule(field, ParameterAction.Keep)),
                "default" => new ParameterRule(field, ParameterAction.Default) { Value = reader.Element() },
                "clamp" => Clamp(ref reader, field),
                "map" => new ParameterRule(field, ParameterAction.Map) { Values = reader.StringMap() },
                _ => throw reader.UnknownKey(Actions),
            };
        }

        return rule ?? throw reader.Error($"has no action; it needs one of: {string.Join(", ", Actions)}");
    }

    private static ParameterPath Path(ref StrictJsonReader reader, string text) =>
        ParameterPath.TryParse(text, out ParameterPath? path, out string? error) ? path : throw reader.Error(error!);

    private static ParameterRule Rename(ref StrictJsonReader reader, ParameterPath field)
    {
        ParameterPath name = Path(ref reader, reader.String());
        return name.IsWithin(field) || field.IsWithin(name)
            ? throw reader.Error("gives a field the name of itself, of what it is in or of what is in it")
            : new ParameterRule(field, ParameterAction.Rename) { NewName = name };
    }

    private static ParameterRule Conditional(ref StrictJsonReader reader, ParameterRule rule)
    {
        if (!reader.IsObject)
        {
            return reader.Boolean() ? rule : throw reader.Error("must be true, or an object of except and unless");
        }

        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            rule = key switch
            {
                "except" => rule with { Except = Values(ref reader) },
                "unless" => rule with { Unless = Unless(ref reader) },
                _ => throw reader.UnknownKey(Conditions),
            };
        }

        return rule;
    }

    private static (ParameterPath Field, IReadOnlyList<JsonElement> Values) Unless(ref StrictJsonReader reader)
    {
        (ParameterPath, IReadOnlyList<JsonElement>)? condition = null;
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string field))
        {
            condition = condition is null
                ? (Path(ref reader, field), Values(ref reader))
                : throw reader.Error("is a second condition; a rule has one");
        }

        return condition ?? throw reader.Error("names no field");
    }

    private static List<JsonElement> Values(ref StrictJsonReader reader)
    {
        var values = new List<JsonElement>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            values.Add(reader.Element());
        }

        return values;
    }

    private static ParameterRule Clamp(ref StrictJsonReader reader, ParameterPath field)
    {
        var bounds = new List<double>(2);
        reader.EnterArray();
        while (reader.NextItem())
        {
            bounds.Add(reader.Number());
        }

        return bounds is [double minimum, double maximum] && minimum <= maximum
            ? new ParameterRule(field, ParameterAction.Clamp) { Minimum = minimum, Maximum = maximum }
            : throw reader.Error("must be [least, most]");
    }
}
