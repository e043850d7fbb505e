using Lightport.Server;
using Microsoft.Extensions.Configuration;

namespace Lightport.Tests.Server;

public sealed class NamedAddressesTests
{
    [Fact]
    public void Settings_WithoutAny_NameNone() => Assert.Empty(In());

    [Fact]
    public void Settings_OfEachKind_AreTakenInKestrelsOrder()
    {
        (string, string) endpoint = ("Kestrel:Endpoints:A:Url", "http://10.0.0.1:1");
        (string, string) urls = ("urls", "http://10.0.0.2:2; http://10.0.0.3:3");
        (string, string) ports = ("http_ports", "80;81");
        (string, string) securePorts = ("https_ports", "443");

        Assert.Equal(["http://10.0.0.1:1"], In(endpoint, urls, ports, securePorts));
        Assert.Equal(["http://10.0.0.2:2", "http://10.0.0.3:3"], In(urls, ports, securePorts));
        Assert.Equal(["http://*:80", "http://*:81", "https://*:443"], In(ports, securePorts));
    }

    private static IReadOnlyList<string> In(params (string Name, string Value)[] settings) =>
        NamedAddresses.In(new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value)))
            .Build());
}
