using System.Text.Json;
using System.Text.RegularExpressions;
using Lightport.Infra.Tests.Grammar;

namespace Lightport.Infra.Tests.Bicep;

/// <summary>What azd hands to the deployment, by the names of its environment.</summary>
public sealed partial class ParameterFileTests
{
    /// <summary>Each parameter's value as azd is told it: <c>${LIGHTPORT_ALWAYS_READY=0}</c>.</summary>
    private static Dictionary<string, string> Handed { get; } = JsonDocument
        .Parse(Repository.Read("infra/main.parameters.json")).RootElement.GetProperty("parameters").EnumerateObject()
        .ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetProperty("value").GetString()!);

    [Fact]
    public void Parameters_AreThoseOfTheTemplate() => Assert.Equal(
        BicepFile.Main.Parameters.Keys.Order(StringComparer.Ordinal),
        Handed.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void Defaults_AreTheSameInBothPlaces() => Rule.Holds(
        "A default that differs from the template's, or a value in no form that azd fills in:",
        from parameter in Handed
        let form = Form().Match(parameter.Value)
        let standard = BicepFile.Main.Parameters[parameter.Key] is { } node ? node.Unquoted : ""
        where !form.Success || form.Groups["default"].Value != standard
        select $"{parameter.Key}: {parameter.Value}, not {standard}");

    [Fact]
    public void Options_AreDocumented()
    {
        string page = Repository.Read("docs/deploy.md");

        Rule.Holds(
            "docs/deploy.md does not tell of:",
            Handed.Values.Select(value => Form().Match(value).Groups["name"].Value)
                .Where(name => name.StartsWith("LIGHTPORT_", StringComparison.Ordinal))
                .Where(name => !page.Contains($"`{name}`", StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(?:=(?<default>[^}]*))?\}$")]
    private static partial Regex Form();
}
