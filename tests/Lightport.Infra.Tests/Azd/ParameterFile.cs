using System.Text.Json;
using System.Text.RegularExpressions;

namespace Lightport.Infra.Tests.Azd;

/// <summary>infra/main.parameters.json: what azd hands to the deployment, by the names of its environment.</summary>
internal static partial class ParameterFile
{
    /// <summary>Each parameter's value as azd is told it: <c>${LIGHTPORT_ALWAYS_READY=0}</c>.</summary>
    public static IReadOnlyDictionary<string, string> Handed { get; } = JsonDocument
        .Parse(Repository.Read("infra/main.parameters.json")).RootElement.GetProperty("parameters").EnumerateObject()
        .ToDictionary(parameter => parameter.Name, parameter => parameter.Value.GetProperty("value").GetString()!);

    /// <summary>The variables that the parameters are taken from.</summary>
    public static IEnumerable<string> Variables =>
        Handed.Values.Select(value => Form().Match(value).Groups["name"].Value);

    /// <summary>Those of Lightport's own, which people set.</summary>
    public static IEnumerable<string> Options =>
        Variables.Where(name => name.StartsWith("LIGHTPORT_", StringComparison.Ordinal));

    [GeneratedRegex(@"^\$\{(?<name>[A-Z_]+)(?:=(?<default>[^}]*))?\}$")]
    public static partial Regex Form();
}
