using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>What the conditions of rules may name: CEL, and what is known of a request.</summary>
internal static class RuleLanguage
{
    public const string Request = "request";
    public const string Prompt = "prompt";
    public const string Key = "key";
    public const string Headers = "headers";
    public const string Metadata = "metadata";
    public const string Now = "now";
    public const string Health = "health";

    /// <summary>The longest prompt that a rule can read, in characters; of a longer one nothing is read.</summary>
    public const int LongestPrompt = 65_536;

    /// <summary>The words that <c>request.operation</c> may be.</summary>
    public static IReadOnlyList<string> Operations { get; } =
    [
        "chat", "completion", "embeddings", "rerank", "image", "speech", "transcription", "moderation", "token-count",
        "kept-answer", "compaction",
    ];

    /// <summary>The words that <c>request.dialect</c> may be: those of the doors.</summary>
    public static IReadOnlyList<string> Dialects { get; } =
    [
        "openai-chat", "openai-completions", "openai-embeddings", "openai-responses", "anthropic-messages",
        "google-gemini", "google-interactions",
    ];

    /// <summary>The words that <c>request.modalities</c> may hold, in their order.</summary>
    public static IReadOnlyList<string> Modalities { get; } = ["text", "image", "audio", "video", "file"];

    internal static CelType Texts { get; } = CelType.Map(CelType.String, CelType.String);

    private static CelType Anything { get; } = CelType.Map(CelType.String, CelType.Dyn);

    private static CelType RequestType { get; } = CelType.Object(Request, new Dictionary<string, CelType>
    {
        ["model"] = CelType.String,
        ["operation"] = CelType.String,
        ["dialect"] = CelType.String,
        ["stream"] = CelType.Bool,
        ["params"] = Anything,
        ["tools"] = CelType.List(CelType.String),
        ["modalities"] = CelType.List(CelType.String),
        ["tokens"] = CelType.Int,
    });

    /// <summary>In US dollars.</summary>
    private static CelType SpendType { get; } = CelType.Object("spend", new Dictionary<string, CelType>
    {
        ["day"] = CelType.Double,
        ["month"] = CelType.Double,
    });

    internal static CelType KeyType { get; } = CelType.Object(Key, new Dictionary<string, CelType>
    {
        ["name"] = CelType.String,
        ["tags"] = Texts,
        ["spend"] = SpendType,
    });

    private static CelType HealthType { get; } = CelType.Object(Health, new Dictionary<string, CelType>
    {
        ["in_flight"] = CelType.Int,
        ["failures"] = CelType.Int,
        ["latency"] = CelType.Duration,
        ["cooling"] = CelType.Bool,
        ["open"] = CelType.Bool,
    });

    /// <summary>One for all configurations.</summary>
    public static CelEnvironment Environment { get; } = new(
    [
        new CelVariable(Request, RequestType),
        new CelVariable(Prompt, CelType.String),
        new CelVariable(Key, KeyType),
        new CelVariable(Headers, Texts),
        new CelVariable(Metadata, Anything),
        new CelVariable(Now, CelType.Timestamp),
        new CelVariable(Health, CelType.Map(CelType.String, HealthType)),
    ]);
}
