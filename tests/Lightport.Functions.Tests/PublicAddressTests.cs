using Lightport.Admission;

namespace Lightport.Functions.Tests;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("contoso.azurewebsites.net")]
    [InlineData("10.0.0.4:8080")]
    [InlineData("")]
    [InlineData(null)]
    public void Refusal_OpenWhereOthersReachIt_SaysWhatToSet(string? hostName) =>
        Assert.Contains(
            "LIGHTPORT_KEY", PublicAddress.Refusal(AdmissionMode.Open, hostName), StringComparison.Ordinal);

    [Fact]
    public void Refusal_OpenUnderCoreTools_IsNone() =>
        Assert.Null(PublicAddress.Refusal(AdmissionMode.Open, "localhost:7071"));

    [Theory]
    [InlineData(AdmissionMode.Keys)]
    [InlineData(AdmissionMode.BringYourOwn)]
    public void Refusal_KeysAreAskedFor_IsNone(AdmissionMode mode) =>
        Assert.Null(PublicAddress.Refusal(mode, "contoso.azurewebsites.net"));
}
