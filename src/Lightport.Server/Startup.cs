using System.Net.Sockets;
using Lightport.Admission;
using Lightport.Configuration;
using Microsoft.AspNetCore.Connections;

namespace Lightport.Server;

/// <summary>Starts the server, or says why it does not.</summary>
internal static class Startup
{
    private const string DefaultUrl = "http://127.0.0.1:7071";

    /// <param name="builder">The server, of which a setting may be wrong already where it is built.</param>
    /// <param name="errors">Where to say why it does not start.</param>
    /// <returns>The process's exit code: 0 after a stop, 2 where it could not start.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, TextWriter errors)
    {
        try
        {
            // Its services end with it, and with them the programs that they have started.
            await using WebApplication app = builder.Build();
            await ListenAsync(app);
            return 0;
        }
        catch (Exception e) when (e is ConfigurationException or IOException)
        {
            // A setting, a file or an address that is wrong: said plainly, without a stack trace.
            await errors.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static async Task ListenAsync(WebApplication app)
    {
        IReadOnlyList<string> named = NamedAddresses.In(app.Configuration);
        if (named.Count == 0)
        {
            named = [DefaultUrl];
            app.Urls.Add(DefaultUrl);
        }

        if (ListenMistakes.Find(named) is { } mistake)
        {
            throw new ConfigurationException(mistake);
        }

        // The gateway looks at what was really opened; an address that is known to be wrong is not opened at all.
        GatewayConfiguration first = app.Services.GetRequiredService<ConfigurationStore>().Current;
        if (ListenAddresses.Refusal(first.Admission.Mode, named) is { } refusal)
        {
            throw new ConfigurationException(refusal);
        }

        app.MapLightport();
        await OpenAsync(app, named);
        bool managed = app.Services.GetRequiredService<ConfigurationEnvironment>().Managed;
        await Console.Out.WriteLineAsync(Banner.Text(first, app.Urls, managed));
        await app.WaitForShutdownAsync();
    }

    /// <exception cref="ConfigurationException">The system does not give one of the addresses.</exception>
    private static async Task OpenAsync(WebApplication app, IReadOnlyList<string> named)
    {
        try
        {
            await app.StartAsync();
        }
        catch (Exception e) when (e is SocketException or IOException { InnerException: AddressInUseException })
        {
            throw new ConfigurationException(
                $"Cannot listen on {string.Join(", ", named)}: {(e.InnerException ?? e).Message.TrimEnd('.')}. "
                + "Stop what listens there, or give another address, as in --urls http://localhost:7072.");
        }
        catch (Exception e) when (CertificateMistakes.Find(e, named) is { } mistake)
        {
            throw new ConfigurationException(mistake);
        }
    }
}
