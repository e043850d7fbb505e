namespace Lightport.Providers;

/// <summary>The format of the file of model families: a JSON array of objects with kebab-case keys.</summary>
internal static class ModelTraitsFile
{
    private static readonly string[] EntryKeys = ["match", "source", .. TraitWords.Keys, "parameters"];

    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
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
        string? match = null;
        Uri? source = null;
        Traits traits = Traits.Unsaid;
        IReadOnlyDictionary<string, ParameterRules>? parameters = null;

        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "match": match = reader.String(); break;
                case "source": source = reader.Address(); break;
                case "parameters": parameters = ParameterRulesFile.ParseByDialect(ref reader); break;
                default:
                    if (!TraitsFile.TryRead(ref reader, key, ref traits))
                    {
                        throw reader.UnknownKey(EntryKeys);
                    }

                    break;
            }
        }

        return new ModelTraits(match ?? throw reader.Missing("match"))
        {
            Source = source ?? throw reader.Missing("source"),
            Traits = traits,
            Parameters = parameters ?? new Dictionary<string, ParameterRules>(),
        };
    }
}
