using System.Text.Json.Serialization;

namespace Lightport.Management;

/// <summary>Where a request would go.</summary>
/// <param name="Route">Null where a rule refuses the request; nothing after it is known then.</param>
/// <param name="Rule">The rule that the request meets; null where it meets none.</param>
/// <param name="Rules">The rules that were asked, in their order.</param>
/// <param name="Tag">What a rule marks the request with.</param>
/// <param name="Denied">What the client is told that a rule refuses; null where none does.</param>
/// <param name="By">What the selection keeps together; null where nothing.</param>
/// <param name="Key">The id of the key that was asked about; null for none.</param>
/// <param name="FallbackOn">Where it goes after failures of one kind, by the kind's word in the configuration.</param>
/// <param name="Hedge">After how long without an answer a second target is asked too; null where never.</param>
/// <param name="Breaker">When a target that fails is left for last; null where never.</param>
/// <param name="Preferences">The fields of the request that say where it wants to go, as the gateway keeps to them.
/// </param>
/// <param name="Targets">In the order in which they would be tried.</param>
/// <param name="PassedOver">Those that something speaks against.</param>
internal sealed record ExplainAnswer(
    string Model,
    string Endpoint,
    bool Stream,
    string? Route,
    string? Rule,
    IReadOnlyList<ExplainAnswer.RuleFacts> Rules,
    string? Tag,
    string? Denied,
    string? Selection,
    string? By,
    string? Key,
    ExplainAnswer.RetryFacts? Retry,
    ExplainAnswer.TimeoutFacts? Timeout,
    IReadOnlyDictionary<string, IReadOnlyList<string>> FallbackOn,
    string? Hedge,
    ExplainAnswer.BreakerFacts? Breaker,
    IReadOnlyList<string> Preferences,
    IReadOnlyList<ExplainAnswer.TargetFacts> Targets,
    IReadOnlyList<ExplainAnswer.PassedOverFacts> PassedOver)
{
    /// <summary>Where copies of the route's requests go; null where nowhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShadowFacts? Shadow { get; init; }

    /// <summary>The limits that it would meet; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<LimitFacts>? Limits { get; init; }

    /// <summary>The sources of context that its route has; null where it has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ContextFacts>? Context { get; init; }

    /// <summary>
    /// The MCP servers whose tools it would get, in the order in which a model is told them, and the gateway itself
    /// where it offers a search among them; null where there are none.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ToolServerFacts>? Tools { get; init; }

    /// <param name="Target">As <c>provider/model</c>.</param>
    /// <param name="Share">Of the requests that may be copied, from 0 to 1.</param>
    /// <param name="Problem">Why this one would not be, in a sentence; null where the share alone decides.</param>
    internal sealed record ShadowFacts(string Target, double Share, string? Problem);

    /// <param name="Place"><c>system</c> or <c>turn</c>.</param>
    /// <param name="Asked">It would be asked for this request.</param>
    /// <param name="Problem">Why it could not be, though it should; null where nothing is in the way.</param>
    internal sealed record ContextFacts(string Name, string Place, bool Asked, string? Problem);

    /// <param name="Server">The label by which its client is told of it.</param>
    /// <param name="WantedBy"><c>route</c> or <c>request</c>.</param>
    /// <param name="RunBy"><c>gateway</c>, or <c>provider</c> where only the one that is asked can call it.</param>
    /// <param name="Listed">Its tools are known; else it was not asked for them yet, or by another user.</param>
    /// <param name="Problem">Why it could not list them the last time; null where it could.</param>
    /// <param name="HeldBack">Names of tools that have changed since they were approved.</param>
    internal sealed record ToolServerFacts(
        string Server,
        string WantedBy,
        string RunBy,
        bool Listed,
        string? Problem,
        IReadOnlyList<ToolFacts> Tools,
        IReadOnlyList<string> HeldBack);

    /// <param name="Name">The name that the model sees.</param>
    /// <param name="Tool">Its name at the server.</param>
    /// <param name="Offered">Else it is left out, as others of too many answer the prompt better.</param>
    /// <param name="Approval">Somebody must approve each call.</param>
    internal sealed record ToolFacts(string Name, string Tool, bool Offered, bool Approval)
    {
        /// <summary>The model is shown it once a search has found it: the gateway's, or one that the client has sent.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool Deferred { get; init; }
    }

    /// <param name="Measure"><c>requests-per-minute</c>, <c>usd-per-month</c> and so on.</param>
    /// <param name="Left">As far as this instance knows; null where it does not.</param>
    /// <param name="Then"><c>refuse</c>, <c>pass over</c>, <c>alert</c>, or <c>route</c> and where to.</param>
    internal sealed record LimitFacts(
        string Limit, string Subject, string Measure, decimal Most, decimal? Left, string Then)
    {
        /// <summary>
        /// The targets at which a hard budget refuses it whatever is left, each with the reason; null where none.
        /// </summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Unbounded { get; init; }
    }

    /// <param name="Result"><c>matched</c>, <c>not-matched</c>, <c>outside-share</c> or <c>failed</c>; never what it
    /// saw.</param>
    internal sealed record RuleFacts(string Name, string Result);

    /// <param name="AskedLast">It is among the targets, after all others; else it is not asked.</param>
    /// <param name="Account">Which of the provider's accounts; null where it has but one.</param>
    internal sealed record PassedOverFacts(
        string Provider, string Model, string? Account, string? Label, string Reason, bool AskedLast);

    /// <param name="Ratio">The share of calls, from 0 to 1, whose failure opens it; null where only a row does.</param>
    /// <param name="Minimum">Of fewer calls no ratio is taken; null where none is.</param>
    internal sealed record BreakerFacts(int Failures, string Window, string Open, double? Ratio, int? Minimum);

    internal sealed record RetryFacts(int Attempts);

    internal sealed record TimeoutFacts(
        string Connect, string FirstByte, string WholeAnswer, string Idle, string Total);

    /// <param name="Account">Which of the provider's accounts; null where it has but one.</param>
    /// <param name="Role"><c>own</c> where the selection puts it in order, <c>fallback</c> where it stands after those.
    /// </param>
    /// <param name="Why">What its place goes by, in its selection's words; null where it is as it is written.</param>
    /// <param name="Away">Why it is best left alone now, and so stands last; null where it can be asked.</param>
    /// <param name="Mode"><c>passthrough</c> or <c>translated</c>.</param>
    /// <param name="Secret">The name of the secret; never its value.</param>
    /// <param name="Dropped">The request's fields that this target cannot carry.</param>
    /// <param name="Error">Why this target would not be asked; null where it would.</param>
    internal sealed record TargetFacts(
        string Provider,
        string Model,
        string? Account,
        string? Label,
        string Role,
        string? Why,
        string? Away,
        string? Dialect,
        string? Mode,
        string? Url,
        string? Secret,
        IReadOnlyList<string> Dropped,
        string? Error);
}
