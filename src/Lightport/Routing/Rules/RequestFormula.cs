using Lightport.Cel;

namespace Lightport.Routing.Rules;

/// <summary>An expression of a configuration that is no rule's: a condition, or a text, of a request.</summary>
internal sealed class RequestFormula(CelProgram program)
{
    public CelProgram Program => program;

    /// <summary>It may come to something else for another key.</summary>
    public bool ReadsKey { get; } = Reads(program, RuleLanguage.Key);

    /// <summary>It goes by what clients say in <c>x-lightport-metadata</c>, which must be sound then.</summary>
    public bool ReadsMetadata { get; } = Reads(program, RuleLanguage.Metadata);

    public override string ToString() => program.Text;

    private static bool Reads(CelProgram program, string variable) =>
        program.Reads.Any(read => read.Variable == variable);
}
