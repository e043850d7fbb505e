using Lightport.Infra.Tests.Azd;
using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>What azd hands to the deployment is what the template takes.</summary>
public sealed class ParameterFileTests
{
    [Fact]
    public void Parameters_AreThoseOfTheTemplate() => Assert.Equal(
        BicepFile.Main.Parameters.Keys.Order(StringComparer.Ordinal),
        ParameterFile.Handed.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Defaults_AreTheSameInBothPlaces() => Rule.Holds(
        "A default that differs from the template's, or a value in no form that azd fills in:",
        from parameter in ParameterFile.Handed
        let form = ParameterFile.Form().Match(parameter.Value)
        let standard = BicepFile.Main.Parameters[parameter.Key] is { } node ? node.Unquoted : ""
        where !form.Success || form.Groups["default"].Value != standard
        select $"{parameter.Key}: {parameter.Value}, not {standard}");

    [Fact]
    public void Options_AreDocumented()
    {
        string page = Repository.Read("docs/deploy.md");

        Rule.Holds(
            "docs/deploy.md does not tell of:",
            ParameterFile.Options.Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)));
    }
}
