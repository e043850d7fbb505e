namespace Lightport.Conversation;

/// <summary>A failure as a value: it says where, what, and what the client should be told.</summary>
public sealed record GatewayError(ErrorStage Stage, ErrorKind Kind, int Status, string Message)
{
    private const string BadUpstreamCode = "upstream_error";

    /// <summary>The longest text that clients are told, in UTF-16 units.</summary>
    private const int Longest = 4096;

    /// <summary>Says so where it was a provider's that was longer.</summary>
    private const string CutNote = " (The gateway cut the rest off.)";

    /// <summary>The provider's own <c>type</c>, where it gave one.</summary>
    public string? Type { get; init; }

    /// <summary>The provider's or the gateway's machine-readable code (<c>model_not_found</c>).</summary>
    public string? Code { get; init; }

    /// <summary>The request field at fault (<c>messages[2].content</c>).</summary>
    public string? Param { get; init; }

    /// <summary>Whether another attempt, here or elsewhere, could go better.</summary>
    public bool Retryable { get; init; }

    /// <summary>
    /// The provider's own word on trying again (<c>x-should-retry</c>), which overrules the route's policy; null where
    /// it said nothing.
    /// </summary>
    public bool? ShouldRetry { get; init; }

    /// <summary>The same request, sent again, fails in the same way: SDKs are told not to send it by themselves.
    /// </summary>
    public bool Lasts { get; init; }

    /// <summary>How long the provider asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The provider that failed; null where the gateway did.</summary>
    public string? Provider { get; init; }

    /// <summary>The limit of the gateway's own that refuses, by name; null where none does.</summary>
    public string? Quota { get; init; }

    /// <summary>Anthropic's <c>error.details</c> as JSON, which its clients act upon.</summary>
    public string? Details { get; init; }

    /// <summary>The provider's headers that tell of limits and waits, for the client to act upon.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>Where the request was tried, where it was tried more than once.</summary>
    public IReadOnlyList<FailedAttempt> Attempts { get; init; } = [];

    /// <summary>The provider did not refuse: it answered, and what it answered is none.</summary>
    public bool IsBadUpstream => Kind == ErrorKind.Upstream && Code == BadUpstreamCode;

    /// <summary>
    /// The same, no longer than a reader needs: in a message of the gateway's may stand what the client sent, at any
    /// length, and a provider may say anything.
    /// </summary>
    public GatewayError Bounded()
    {
        if (LongestText <= Longest)
        {
            return this;
        }

        string note = Provider is null && Stage < ErrorStage.Upstream ? "" : CutNote;
        return this with
        {
            Message = Message.Length <= Longest ? Message : ShortText.Of(Message, Longest - note.Length) + note,
            Type = Type is null ? null : ShortText.Of(Type),
            Code = Code is null ? null : ShortText.Of(Code),
            Param = Param is null ? null : ShortText.Of(Param, Longest),

            // JSON, which half of is none.
            Details = Details?.Length > Longest ? null : Details,
        };
    }

    private int LongestText => Math.Max(
        Math.Max(Message.Length, Param?.Length ?? 0),
        Math.Max(Details?.Length ?? 0, Math.Max(Type?.Length ?? 0, Code?.Length ?? 0)));

    public static GatewayError BadRequest(string message, string? param = null, string? code = null) =>
        new(ErrorStage.Request, ErrorKind.InvalidRequest, 400, message) { Param = param, Code = code };

    /// <summary>The provider answered something that is no answer.</summary>
    public static GatewayError BadUpstream(string message, ErrorStage stage = ErrorStage.Decode) =>
        new(stage, ErrorKind.Upstream, 502, message) { Code = BadUpstreamCode, Retryable = true };
}
