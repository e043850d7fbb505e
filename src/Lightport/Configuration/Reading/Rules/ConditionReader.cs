using Lightport.Cel;
using Lightport.Configuration.Yaml;
using Lightport.Routing.Rules;

namespace Lightport.Configuration.Reading;

/// <summary>
/// Reads a rule's condition: compiles it, and looks for what would be believed to guard and does not. Every complaint
/// has the place in the document that it is about.
/// </summary>
internal sealed class ConditionReader(RouteBuilder routes, ConfigurationErrors errors)
{
    public const string OnError = "on-error";

    private const string Key = "when";

    /// <param name="onError">What the rule says for errors; null where it says nothing.</param>
    /// <returns>Null, and an error, where there is no condition to be used.</returns>
    public CelProgram? Read(Section section, RuleFailure? onError)
    {
        if (section.Find(Key) is null)
        {
            errors.Add(section.At, "a rule needs 'when', as in when: \"request.model == 'fast'\".");
        }

        if (section.Text(Key) is not { } text
            || ExpressionReader.Compile(text, (ScalarNode)section.Find(Key)!, 0, errors) is not { } condition)
        {
            return null;
        }

        YamlNode node = section.Find(Key)!;
        if (Problem(condition) is { } problem)
        {
            errors.Add(node, problem);
        }

        foreach (string unreadable in condition.Reads.Select(Problem).OfType<string>().Distinct())
        {
            errors.Add(node, unreadable);
        }

        if (onError is null && condition.Reads.FirstOrDefault(RuleReads.MayFail) is { } unguarded)
        {
            errors.Add(node, $"{Unsure(unguarded)}; write on-error: next (the next rule is asked) or on-error: deny "
                + "(the request is refused).");
        }

        return condition;
    }

    private static string? Problem(CelProgram condition) => true switch
    {
        _ when condition.ResultType.Kind != CelTypeKind.Bool =>
            $"a rule's condition must be true or false, but this is {condition.ResultType}; compare it with something, "
            + "as in metadata.tier == 'gold'.",
        _ when RuleReach.AlwaysFails(condition) => "this condition is an error for every request.",
        _ when RuleReach.IsNeverTrue(condition) =>
            RuleReach.UnknownWord(condition) ?? "this condition is false for every request.",
        _ when RuleReach.Contradiction(condition) is { } path =>
            $"this condition is true of no request: it wants '{path}' to be two things at once.",
        _ => null,
    };

    /// <summary>Why a read would never find what its author means.</summary>
    private string? Problem(CelRead read)
    {
        if (RuleReads.NameAfter(RuleLanguage.Headers, read) is not null)
        {
            return HeaderProblem(read);
        }

        return RuleReads.NameAfter(RuleLanguage.Health, read) is not { } model || routes.Knows(model) ? null
            : model.Contains('*', StringComparison.Ordinal)
                ? $"health['{model}'] has a star, and so is no one model; name one that it matches."
                : $"health['{model}'] is neither an entry of models nor provider/model.";
    }

    /// <summary>Why a header would never be found; null where it may be, or the read is of something else.</summary>
    public static string? HeaderProblem(CelRead read) =>
        RuleReads.NameAfter(RuleLanguage.Headers, read) is not { } header ? null
            : header.Any(char.IsAsciiLetterUpper)
                ? $"no request has the header '{header}': their names are in lower case here, "
                    + $"as in headers['{header.ToLowerInvariant()}']."
                : HeaderPrivacy.IsHidden(header)
                    ? $"the header '{header}' is not shown to rules, for by its name it carries a key."
                    : null;

    private static string Unsure(CelRead read) => read.Variable == RuleLanguage.Prompt
        ? "a prompt may be too long to be read, or unreadable, and a rule must say what then"
        : $"'{read.Path}' is not there in every request: look first, as in {RuleReads.Guard(read)}, or say what then";
}
