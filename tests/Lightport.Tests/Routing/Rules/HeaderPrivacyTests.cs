using Lightport.Routing.Rules;

namespace Lightport.Tests.Routing.Rules;

public sealed class HeaderPrivacyTests
{
    [Theory]
    [InlineData("authorization")]
    [InlineData("proxy-authorization")]
    [InlineData("cookie")]
    [InlineData("x-api-key")]
    [InlineData("api-key")]
    [InlineData("x-goog-api-key")]
    [InlineData("x-functions-key")]
    [InlineData("x-amz-security-token")]
    [InlineData("x-ms-token-aad-access-token")]
    [InlineData("x_api_key")]
    public void Header_ThatCarriesAKey_IsHidden(string name) => Assert.True(HeaderPrivacy.IsHidden(name));

    [Theory]
    [InlineData("x-team")]
    [InlineData("x-keyboard")]
    [InlineData("host")]
    [InlineData("user-agent")]
    [InlineData("x-lightport-session")]
    [InlineData("x-ms-client-principal-name")]
    public void Header_OfAnyOtherName_IsShown(string name) => Assert.False(HeaderPrivacy.IsHidden(name));
}
