namespace Lightport.Providers;

/// <summary>The keys of an endpoint and the words that they are said in, wherever they are written.</summary>
internal static class EndpointWords
{
    public const string PathKey = "path";
    public const string StreamPathKey = "stream-path";
    public const string ExactKey = "exact";
    public const string AuthenticationKey = "auth";
    public const string ParametersKey = "parameters";
    public const string HeadersKey = "headers";
    public const string ForwardHeadersKey = "forward-headers";
    public const string FramingKey = "framing";
    public const string ModelsKey = "models";

    public const string ModelPrefixKey = "model-prefix";

    /// <summary>Those of <see cref="AuthenticationKey"/>; the key itself is the provider's.</summary>
    public const string SchemeKey = "scheme";
    public const string NameKey = "name";
    public const string PrefixKey = "prefix";
    public const string ScopeKey = "scope";

    /// <summary>What is said of a text that is not <see cref="IsPath"/>.</summary>
    public const string NoPath = "must begin with '/', or be a whole address";

    /// <summary>All of them, traits among them.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        PathKey, StreamPathKey, ExactKey, .. TraitWords.Keys, AuthenticationKey, ParametersKey, HeadersKey,
        ForwardHeadersKey, FramingKey, ModelsKey, ModelPrefixKey,
    ];

    public static IReadOnlyList<string> AuthenticationKeys { get; } = [SchemeKey, NameKey, PrefixKey, ScopeKey];

    public static IReadOnlyDictionary<string, AuthenticationScheme> Schemes { get; } =
        new OrderedDictionary<string, AuthenticationScheme>(StringComparer.Ordinal)
        {
            ["bearer"] = AuthenticationScheme.Bearer,
            ["header"] = AuthenticationScheme.Header,
            ["query"] = AuthenticationScheme.Query,
            ["token"] = AuthenticationScheme.Token,
            ["signer"] = AuthenticationScheme.Signer,
            ["none"] = AuthenticationScheme.None,
        };

    /// <summary>Whether a scheme means nothing without <see cref="NameKey"/>.</summary>
    public static bool NeedsName(AuthenticationScheme? scheme) =>
        scheme is AuthenticationScheme.Header or AuthenticationScheme.Query or AuthenticationScheme.Signer
            or AuthenticationScheme.Token;

    public static IReadOnlyDictionary<string, StreamFraming> Framings { get; } =
        new OrderedDictionary<string, StreamFraming>(StringComparer.Ordinal)
        {
            ["sse"] = StreamFraming.ServerSentEvents,
            ["ndjson"] = StreamFraming.JsonLines,
            ["json-array"] = StreamFraming.JsonArray,
            ["aws-event-stream"] = StreamFraming.AwsEventStream,
        };

    /// <summary>
    /// The dialect that an endpoint speaks: its key, up to a dot. Behind that is a name for each further endpoint of a
    /// dialect, for other models (<c>openai-chat.own</c>).
    /// </summary>
    public static string DialectOf(string endpoint) => endpoint.Split('.', 2)[0];

    /// <summary>Whether a path begins as one that is appended to a base, or as a whole address.</summary>
    public static bool IsPath(string text) =>
        text[0] is '/' or '{' || text.StartsWith("https://", StringComparison.Ordinal)
        || text.StartsWith("http://", StringComparison.Ordinal);
}
