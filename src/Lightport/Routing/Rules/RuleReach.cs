using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>
/// Finds conditions that say the same of every request. All that a request may hold is taken for unknown, which the
/// language's own <c>&amp;&amp;</c> and <c>||</c> do without where they can. What there are few of is gone through: the
/// operations, whether the answer is streamed, and the models and dialects that the condition itself demands.
/// </summary>
internal static class RuleReach
{
    /// <summary>A longer list is not gone through, and its members are unknown.</summary>
    private const int MostChoices = 64;

    private static readonly CelValue Unknown = CelValue.Error("unknown");

    /// <summary>Whether it is true of every request, so that none comes to the rules behind it.</summary>
    public static bool IsAlwaysTrue(CelProgram condition) =>
        Cases([Unknown], [Unknown]).All(request => Evaluate(condition, request).IsTrue);

    /// <summary>
    /// Whether it is true of no request: with none of the values that it demands of the model and the dialect, beside
    /// which it is false anyway.
    /// </summary>
    public static bool IsNeverTrue(CelProgram condition) =>
        Cases(Choices(condition, "request.model"), Choices(condition, "request.dialect"))
            .All(request => Evaluate(condition, request).IsFalse);

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

    private static IEnumerable<RuleCase> Cases(IReadOnlyList<CelValue> models, IReadOnlyList<CelValue> dialects) =>
        from model in models
        from dialect in dialects
        from operation in RuleLanguage.Operations
        from stream in (bool[])[false, true]
        select new RuleCase(Unknown)
        {
            ["model"] = model,
            ["dialect"] = dialect,
            ["operation"] = CelValue.Of(operation),
            ["stream"] = CelValue.Of(stream),
        };

    private static IReadOnlyList<CelValue> Choices(CelProgram condition, string path) =>
        condition.ChoicesOf(path) is { Count: <= MostChoices } choices ? choices : [Unknown];
}
