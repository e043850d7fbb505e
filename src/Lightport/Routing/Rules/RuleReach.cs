using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>
/// Finds conditions that say the same of every request. All that a request may hold is taken for unknown, which the
/// language's own <c>&amp;&amp;</c> and <c>||</c> do without where they can. What there are few of is gone through: the
/// operations, the dialects that clients may say, whether the answer is streamed, what a request holds, and the models
/// that the condition itself demands.
/// </summary>
internal static class RuleReach
{
    /// <summary>A longer list is not gone through, and its members are unknown.</summary>
    private const int MostChoices = 64;

    private static readonly CelValue Unknown = CelValue.Error("unknown");

    /// <summary>Whether it is true of every request, so that none comes to the rules behind it.</summary>
    public static bool IsAlwaysTrue(CelProgram condition) =>
        Cases([Unknown], [Unknown], [Unknown]).All(request => Evaluate(condition, request).IsTrue);

    /// <summary>
    /// Whether it is true of no request: with none of the values that it demands of the model, beside which it is false
    /// anyway, and none of those that there are of the rest.
    /// </summary>
    public static bool IsNeverTrue(CelProgram condition) =>
        Cases(
            condition.ChoicesOf("request.model") is { Count: <= MostChoices } choices ? choices : [Unknown],
            Reads(condition, "request.dialect") ? [.. RuleLanguage.Dialects.Select(CelValue.Of)] : [Unknown],
            Modalities(condition))
            .All(request => Evaluate(condition, request).IsFalse);

    /// <summary>
    /// A sentence of the words that there are, where it is false of every request and demands another; null where none.
    /// </summary>
    public static string? UnknownWord(CelProgram condition) =>
        UnknownWord(condition, "request.dialect", RuleLanguage.Dialects)
        ?? UnknownWord(condition, "request.operation", RuleLanguage.Operations)
        ?? (!Reads(condition, "request.modalities") ? null
            : "this condition is false for every request; request.modalities holds some of "
                + $"{string.Join(", ", RuleLanguage.Modalities)}.");

    private static string? UnknownWord(CelProgram condition, string path, IReadOnlyList<string> known) =>
        condition.ChoicesOf(path) is { Count: > 0 } choices
            && choices.All(choice => !known.Contains(choice.ToString(), StringComparer.Ordinal))
            ? $"this condition is false for every request: {path} is never '{choices[0]}'; "
                + $"it is one of {string.Join(", ", known)}."
            : null;

    /// <summary>What it wants to be two things at once, so that it is true of no request; null where nothing.</summary>
    public static string? Contradiction(CelProgram condition) =>
        condition.Reads.FirstOrDefault(read => condition.ChoicesOf(read.Path) is { Count: 0 })?.Path;

    /// <summary>Whether it is an error whatever the request.</summary>
    public static bool AlwaysFails(CelProgram condition) =>
        condition.Reads.Count == 0
        && condition.Evaluate(RuleLanguage.Environment.Bind(), new CelMeter()).IsError;

    private static CelValue Evaluate(CelProgram condition, RuleCase request)
    {
        CelBindings bindings = RuleLanguage.Environment.Bind();
        bindings[RuleLanguage.Request] = CelValue.Of(request);
        return condition.Evaluate(bindings, new CelMeter());
    }

    private static IEnumerable<RuleCase> Cases(
        IReadOnlyList<CelValue> models, IReadOnlyList<CelValue> dialects, IReadOnlyList<CelValue> modalities) =>
        from model in models
        from dialect in dialects
        from held in modalities
        from operation in RuleLanguage.Operations
        from stream in (bool[])[false, true]
        select new RuleCase(Unknown)
        {
            ["model"] = model,
            ["dialect"] = dialect,
            ["modalities"] = held,
            ["operation"] = CelValue.Of(operation),
            ["stream"] = CelValue.Of(stream),
        };

    private static bool Reads(CelProgram condition, string path) => condition.Reads.Any(read => read.Path == path);

    /// <summary>Each that a request may hold with each other, in their order, so that a word that is none is found.
    /// </summary>
    private static CelValue[] Modalities(CelProgram condition) =>
        !Reads(condition, "request.modalities")
            ? [Unknown]
            : [.. Enumerable.Range(0, 1 << RuleLanguage.Modalities.Count).Select(set => CelValue.Of(CelList.Of(
                RuleLanguage.Modalities.Where((_, place) => (set & (1 << place)) != 0))))];
}
