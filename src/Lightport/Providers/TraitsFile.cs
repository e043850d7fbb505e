namespace Lightport.Providers;

/// <summary>Reads traits where they stand among the keys of a data file.</summary>
internal static class TraitsFile
{
    /// <summary>Takes the value of a key that is a trait; false where it is none.</summary>
    /// <exception cref="DataFileException">The value is none that the trait has.</exception>
    public static bool TryRead(ref StrictJsonReader reader, string key, ref Traits traits)
    {
        Traits? read = key switch
        {
            TraitWords.MaxOutputTokensKey => traits with { MaxOutputTokens = reader.Integer() },
            TraitWords.ContextLengthKey => traits with { ContextLength = reader.Integer() },
            TraitWords.TokensPerSecondKey => traits with { TokensPerSecond = reader.Integer() },
            TraitWords.ToolsKey => traits with { Tools = reader.Boolean() },
            TraitWords.InputKey => traits with { Input = Inputs(ref reader) },
            TraitWords.ThinkingKey => traits with { Thinking = Word(ref reader, TraitWords.Thinking) },
            TraitWords.EffortsKey => traits with { Efforts = Efforts(ref reader) },
            TraitWords.StructuredOutputKey => traits with { StructuredOutput = reader.Boolean() },
            TraitWords.ForcedToolsKey => traits with { ForcedTools = reader.Boolean() },
            TraitWords.SignedCallsKey => traits with { SignedCalls = reader.Boolean() },
            TraitWords.BindsThinkingKey => traits with { BindsThinking = reader.Boolean() },
            TraitWords.MediaInResultsKey => traits with { MediaInResults = reader.Boolean() },
            TraitWords.SchemaBesideToolsKey => traits with { SchemaBesideTools = reader.Boolean() },
            TraitWords.SamplingKey => traits with { Sampling = reader.Boolean() },
            TraitWords.SystemTurnsKey => traits with { SystemTurns = Word(ref reader, TraitWords.SystemTurns) },
            TraitWords.DeveloperRoleKey => traits with { DeveloperRole = reader.Boolean() },
            TraitWords.StreamUsageKey => traits with { StreamUsage = reader.Boolean() },
            TraitWords.SafetyIdentifierKey => traits with { SafetyIdentifier = reader.Boolean() },
            TraitWords.CustomToolsKey => traits with { CustomTools = reader.Boolean() },
            TraitWords.ReasoningFieldKey =>
                traits with { ReasoningField = Word(ref reader, TraitWords.ReasoningFields) },
            TraitWords.CacheBreakpointsKey => traits with { CacheBreakpoints = reader.Boolean() },
            TraitWords.EndpointKey => traits with { Endpoint = reader.String() },
            TraitWords.EndpointAlwaysKey => traits with { EndpointAlways = reader.Boolean() },
            _ => null,
        };
        traits = read ?? traits;
        return read is not null;
    }

    private static string Word(ref StrictJsonReader reader, IReadOnlyList<string> words)
    {
        string word = reader.String();
        return words.Contains(word) ? word : throw reader.Error($"must be one of {string.Join(", ", words)}");
    }

    private static List<string> Inputs(ref StrictJsonReader reader)
    {
        List<string> inputs = reader.Strings();
        return inputs.TrueForAll(TraitWords.Inputs.Contains)
            ? inputs
            : throw reader.Error($"must be some of {string.Join(", ", TraitWords.Inputs)}");
    }

    private static List<string> Efforts(ref StrictJsonReader reader)
    {
        List<string> efforts = reader.Strings();
        return efforts.Count > 0 && efforts.SequenceEqual(TraitWords.Efforts.Where(efforts.Contains))
            ? efforts
            : throw reader.Error($"must be some of {string.Join(", ", TraitWords.Efforts)}, in that order");
    }
}
