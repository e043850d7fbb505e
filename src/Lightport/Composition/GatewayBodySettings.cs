using System.Globalization;
using Lightport.Configuration;
using Lightport.Transport.Body;
using Microsoft.Extensions.Configuration;

namespace Lightport.Composition;

/// <summary>How much memory bodies may take, as the host's settings say.</summary>
internal static class GatewayBodySettings
{
    /// <summary>In mebibytes: <c>512MiB</c>. Half of the process's memory where it is not set.</summary>
    private const string BudgetSetting = "LIGHTPORT_BODY_BUDGET";

    private const string Unit = "MiB";

    /// <exception cref="ConfigurationException">The setting is no amount of memory.</exception>
    public static BodyBudget Budget(IConfiguration settings)
    {
        if (settings[BudgetSetting] is not { Length: > 0 } text)
        {
            return BodyBudget.OfMemory();
        }

        return text.EndsWith(Unit, StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(0, text.Length - Unit.Length), CultureInfo.InvariantCulture, out int mebibytes)
            && mebibytes > 0
                ? new BodyBudget(mebibytes * 1024L * 1024)
                : throw new ConfigurationException(
                    $"{BudgetSetting} is '{text}'; set it to an amount of memory in mebibytes, as in 512MiB.");
    }
}
