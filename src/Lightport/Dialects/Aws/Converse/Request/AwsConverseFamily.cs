namespace Lightport.Dialects.Aws.Converse;

/// <summary>
/// What a family of models takes of this wire that no other wire asks about: the fields of its own, and which blocks it
/// knows (https://docs.aws.amazon.com/bedrock/latest/userguide/conversation-inference-supported-models-features.html).
/// </summary>
/// <param name="Match">What stands in the names of its models.</param>
internal sealed record AwsConverseFamily(string Match)
{
    /// <summary>Nova's field, which is an object.</summary>
    public const string NovaEffort = "reasoningConfig";

    private static readonly AwsConverseFamily[] Known =
    [
        new("anthropic.claude")
        {
            TopK = "top_k", Caches = true, Signs = true, MarksErrors = true, OneSampling = true, MergesRoot = true,
        },
        new("amazon.nova")
        {
            TopK = "inferenceConfig.topK", Effort = NovaEffort, Caches = true, MarksErrors = true, Schemas = false,
            PlainTools = true,
        },
        new("openai.") { Effort = "reasoning_effort" },
        new("qwen.") { Effort = "reasoning_config", TopK = "top_k" },
        new("meta.llama") { Schemas = false, ForcesTools = false },
        new("deepseek.r1") { Schemas = false, ForcesTools = false },
        new("cohere.") { Schemas = false, ForcesTools = false },
        new("ai21.") { Schemas = false, ForcesTools = false },
        new("amazon.titan") { Schemas = false, ForcesTools = false },
        new("writer.") { Schemas = false },
        new("mistral.") { TopK = "top_k" },
    ];

    /// <summary>A name that tells nothing, as a profile's: all is said that the model may take.</summary>
    private static readonly AwsConverseFamily Unknown = new("")
    {
        Caches = true, Signs = true, MarksErrors = true, MergesRoot = true,
    };

    /// <summary>The field of <c>additionalModelRequestFields</c> that takes an effort; null where none does.</summary>
    public string? Effort { get; private init; }

    /// <summary>The field of <c>additionalModelRequestFields</c> that takes top_k; null where none does.</summary>
    public string? TopK { get; private init; }

    /// <summary>Takes <c>cachePoint</c>.</summary>
    public bool Caches { get; private init; }

    /// <summary>Signs its reasoning, and wants it back.</summary>
    public bool Signs { get; private init; }

    /// <summary>Takes a tool result's <c>status</c>.</summary>
    public bool MarksErrors { get; private init; }

    /// <summary>Takes <c>outputConfig.textFormat</c>.</summary>
    public bool Schemas { get; private init; } = true;

    /// <summary>
    /// Takes <c>type</c>, <c>properties</c> and <c>required</c> alone at the top of a tool's schema.
    /// </summary>
    public bool PlainTools { get; private init; }

    /// <summary>Refuses alternatives at the root of a tool's schema.</summary>
    public bool MergesRoot { get; private init; }

    /// <summary>Takes <c>toolChoice</c>.</summary>
    public bool ForcesTools { get; private init; } = true;

    /// <summary>Refuses a temperature beside top_p.</summary>
    public bool OneSampling { get; private init; }

    /// <param name="model">As the path names it, with whatever prefix, or as an ARN.</param>
    public static AwsConverseFamily Of(string model)
    {
        foreach (AwsConverseFamily family in Known)
        {
            if (model.Contains(family.Match, StringComparison.OrdinalIgnoreCase))
            {
                return family;
            }
        }

        return Unknown;
    }
}
