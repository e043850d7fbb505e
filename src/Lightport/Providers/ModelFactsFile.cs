namespace Lightport.Providers;

/// <summary>The format of a provider's file of facts: its source, and a line for each model that is known.</summary>
internal static class ModelFactsFile
{
    private static readonly string[] FileKeys = ["provider", "source", "models"];

    private static readonly string[] ModelKeys =
        ["context", "prompt", "output", "takes", "gives", "tools", "schema", "reasoning"];

    private static readonly Dictionary<string, Modalities> Words = new()
    {
        ["text"] = Modalities.Text,
        ["image"] = Modalities.Image,
        ["audio"] = Modalities.Audio,
        ["video"] = Modalities.Video,
        ["file"] = Modalities.File,
    };

    /// <exception cref="DataFileException">It breaks the format; the message names the key.</exception>
    public static ModelTable<ModelFacts> Parse(string file, ReadOnlySpan<byte> json)
    {
        var reader = new StrictJsonReader(file, json);
        var models = new Dictionary<string, ModelFacts>(StringComparer.OrdinalIgnoreCase);
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            switch (key)
            {
                case "provider" or "source": reader.String(); break;
                case "models": ReadModels(ref reader, models); break;
                default: throw reader.UnknownKey(FileKeys);
            }
        }

        reader.End();
        return new ModelTable<ModelFacts>(models);
    }

    private static void ReadModels(ref StrictJsonReader reader, Dictionary<string, ModelFacts> models)
    {
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string model))
        {
            models[model] = Facts(ref reader);
        }
    }

    private static ModelFacts Facts(ref StrictJsonReader reader)
    {
        var facts = new ModelFacts();
        var seen = new HashSet<string>();
        reader.EnterObject();
        while (reader.NextKey(seen, out string key))
        {
            facts = key switch
            {
                "context" => facts with { ContextTokens = reader.Integer() },
                "prompt" => facts with { PromptTokens = reader.Integer() },
                "output" => facts with { OutputTokens = reader.Integer() },
                "takes" => facts with { Input = ModalitiesIn(ref reader) },
                "gives" => facts with { Output = ModalitiesIn(ref reader) },
                "tools" => facts with { Tools = reader.Boolean() },
                "schema" => facts with { StructuredOutput = reader.Boolean() },
                "reasoning" => facts with { Reasoning = reader.Boolean() },
                _ => throw reader.UnknownKey(ModelKeys),
            };
        }

        return facts;
    }

    private static Modalities ModalitiesIn(ref StrictJsonReader reader)
    {
        var all = Modalities.None;
        reader.EnterArray();
        while (reader.NextItem())
        {
            all |= reader.Word(Words);
        }

        return all;
    }
}
