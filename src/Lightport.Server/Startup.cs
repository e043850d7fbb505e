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
        try
        {
            await ListenAsync(app);
            return 0;
        }
        catch (Exception e) when (e is ConfigurationException or IOException)
        {
            // A file that does not validate, or an address that is taken: said plainly, without a stack trace.
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static async Task ListenAsync(WebApplication app)
    {
        if (app.Urls.Count == 0 && string.IsNullOrEmpty(app.Configuration[WebHostDefaults.ServerUrlsKey]))
        {
            app.Urls.Add(DefaultUrl);
        }

        ConfigurationStore store = app.Services.GetRequiredService<ConfigurationStore>();
        ConfigurationGuard guard = app.Services.GetRequiredService<ConfigurationGuard>();
        guard.Refusal = changed => ListenAddresses.Refusal(changed.Admission.Mode, Urls(app));
        if (guard.Refusal(store.Current) is { } refusal)
        {
            throw new ConfigurationException(refusal);
        }

        app.MapLightport();
        await app.StartAsync();
        await Console.Out.WriteLineAsync(Banner.Text(store.Current, app.Urls));
        await app.WaitForShutdownAsync();
    }

    private static IEnumerable<string> Urls(WebApplication app) => app.Urls.Count > 0
        ? app.Urls
        : app.Configuration[WebHostDefaults.ServerUrlsKey]!.Split(';', StringSplitOptions.RemoveEmptyEntries);
}
