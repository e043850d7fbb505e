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
        IReadOnlyList<string> named = NamedAddresses.In(app.Configuration);
        if (named.Count == 0)
        {
            app.Urls.Add(DefaultUrl);
        }

        // The gateway looks at what was really opened; an address that is known to be wrong is not opened at all.
        GatewayConfiguration first = app.Services.GetRequiredService<ConfigurationStore>().Current;
        if (ListenAddresses.Refusal(first.Admission.Mode, named) is { } refusal)
        {
            throw new ConfigurationException(refusal);
        }

        app.MapLightport();
        await app.StartAsync();
        bool managed = app.Services.GetRequiredService<ConfigurationEnvironment>().Managed;
        await Console.Out.WriteLineAsync(Banner.Text(first, app.Urls, managed));
        await app.WaitForShutdownAsync();
    }
}
