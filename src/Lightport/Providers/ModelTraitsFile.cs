namespace Lightport.Providers;

/// <summary>The format of the file of model families: a JSON array of objects with kebab-case keys.</summary>
internal static class ModelTraitsFile
{
    private const string Keys = "match, source, max-output-tokens, thinking, structured-output, sampling, parameters";

    /// <exception cref="InvalidDataException">It breaks the format; the message names the key.</exception>
    public static IReadOnlyList<ModelTraits> Parse(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        var entries = new List<ModelTraits>();
        reader.EnterArray();
        while (reader.NextItem())
        {
            entries.Add(Entry(ref reader));
        }

        reader.End();
        return entries;
    }

    private static ModelTraits Entry(ref StrictJsonReader reader)
    {
        string? match = null, thinking = null;
        Uri? source = null;
        int? maxOutputTokens = null;
        bool? structuredOutput = null, sampling = null;
        IReadOnlyDictionary<string, ParameterRules>? parameters = null;

        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "match": match = reader.String(); break;
                case "source": source = reader.Address(); break;
                case "max-output-tokens": maxOutputTokens = reader.Integer(); break;
                case "thinking": thinking = Thinking(ref reader); break;
                case "structured-output": structuredOutput = reader.Boolean(); break;
                case "sampling": sampling = reader.Boolean(); break;
                case "parameters": parameters = ParameterRulesFile.Parse(ref reader); break;
                default: throw reader.UnknownKey(Keys);
            }
        }

        return new ModelTraits(match ?? throw reader.Missing("match"))
        {
            Source = source ?? throw reader.Missing("source"),
            MaxOutputTokens = maxOutputTokens,
            Thinking = thinking,
            StructuredOutput = structuredOutput,
            Sampling = sampling,
            Parameters = parameters ?? new Dictionary<string, ParameterRules>(),
        };
    }

    private static string Thinking(ref StrictJsonReader reader)
    {
        string thinking = reader.String();
        return thinking is "none" or "effort" or "budget" or "adaptive"
            ? thinking
            : throw reader.Error("must be none, effort, budget or adaptive");
    }
}
