using Lightport.Admission;
using Lightport.Configuration;

namespace Lightport.Server;

/// <summary>Starts the server, or says why it does not.</summary>
internal static class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:7071";

    /// <returns>The process's exit code: 0 after a stop, 2 where it could not start.</returns>
    public static async Task<int> RunAsync(WebApplication app)
    {
        if (app.Urls.Count == 0 && string.IsNullOrEmpty(app.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            app.Urls.Add(DefaultUrl);
        }

        GatewayConfiguration configuration = app.Services.GetRequiredService<IGatewayConfigurationSource>().Current;
        if (ListenAddresses.Refusal(configuration.Admission.Mode, Urls(app)) is { } refusal)
        {
            await Console.Error.WriteLineAsync(refusal);
            return 2;
        }

        await app.StartAsync();
        await Console.Out.WriteLineAsync(Banner.Text(configuration, app.Urls));
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static IEnumerable<string> Urls(WebApplication app) => app.Urls.Count > 0
        ? app.Urls
        : app.Configuration[WebHostDefaults.ServerUrlsKey]!.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
