using Lightport.Admission;

namespace Lightport.Tests.Admission;

public sealed class ListenAddressesTests
{
    [Theory]
    [InlineData("http://127.0.0.1:7071")]
    [InlineData("http://localhost:7071")]
    [InlineData("https://[::1]:7071")]
    [InlineData("http://127.8.9.1")]
    [InlineData("http://unix:/tmp/lightport.sock")]
    public void Refusal_OpenOnLoopback_IsNone(string address) =>
        Assert.Null(ListenAddresses.Refusal(AdmissionMode.Open, [address]));

    [Theory]
    [InlineData("http://0.0.0.0:7071")]
    [InlineData("http://+:80")]
    [InlineData("http://*:80")]
    [InlineData("http://[::]:7071")]
    [InlineData("http://10.0.0.1:7071")]
    [InlineData("http://gateway.example.com")]
    [InlineData("http://localhost.example.com")]
    [InlineData("nonsense")]
    public void Refusal_OpenElsewhere_SaysWhatToSet(string address)
    {
        string? refusal = ListenAddresses.Refusal(AdmissionMode.Open, ["http://localhost:1", address]);

        Assert.Contains(address, refusal);
        Assert.Contains("LIGHTPORT_KEY", refusal);
        Assert.Null(ListenAddresses.Refusal(AdmissionMode.Keys, [address]));
        Assert.Null(ListenAddresses.Refusal(AdmissionMode.BringYourOwn, [address]));
    }
}
