namespace Lightport.Server;

/// <summary>Where settings tell Server to listen, by each of the ways that Kestrel knows.</summary>
internal static class NamedAddresses
{
    /// <summary>
    /// In Kestrel's own order: endpoints that are described one by one, else addresses, else ports; empty without any.
    /// </summary>
    public static IReadOnlyList<string> In(IConfiguration settings)
    {
        string[] endpoints =
        [
            .. settings.GetSection("Kestrel:Endpoints").GetChildren()
                .Select(endpoint => endpoint["Url"])
                .OfType<string>(),
        ];
        string[] addresses = Split(settings[WebHostDefaults.ServerUrlsKey]);
        return true switch
        {
            _ when endpoints.Length > 0 => endpoints,
            _ when addresses.Length > 0 => addresses,
            _ =>
            [
                .. Split(settings[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
                .. Split(settings[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
            ],
        };
    }

    private static string[] Split(string? list) =>
        (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
