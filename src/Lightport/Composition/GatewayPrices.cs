using Lightport.Configuration;
using Lightport.Prices;
using Lightport.Providers;
using Microsoft.Extensions.Configuration;

namespace Lightport.Composition;

/// <summary>Where prices come from: the built-in ones, and a file that <c>LIGHTPORT_PRICES</c> names.</summary>
internal static class GatewayPrices
{
    private const string FileSetting = "LIGHTPORT_PRICES";

    /// <exception cref="ConfigurationException">The file cannot be read, or is not all as it should be.</exception>
    public static PriceBook In(IConfiguration settings)
    {
        if (settings[FileSetting] is not { Length: > 0 } path)
        {
            return new PriceBook();
        }

        try
        {
            return PriceBook.With(path, File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DataFileException)
        {
            throw new ConfigurationException(
                $"{FileSetting}: {error.Message} Mend the file, or remove the setting to go by the built-in prices.");
        }
    }
}
