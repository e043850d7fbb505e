using System.Text;
using Lightport.Transport.Body;
using Lightport.Transport.Signing;

namespace Lightport.Tests.Transport.Signing;

public sealed class AwsSignerTests
{
    private const string Json = """
        {
          "Version": 1,
          "AccessKeyId": "AKIDEXAMPLE",
          "SecretAccessKey": "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
          "SessionToken": "token=="
        }
        """;

    private readonly ManualTime _clock = new();

    [Fact]
    public void Sign_ABearerKey_ShowsItAsItIs()
    {
        SigningRequest request = Signed("ABSKQmVkcm9ja0FQSUtleS0x==");

        Assert.Equal(
            [new("User-Agent", "lightport"), new("Authorization", "Bearer ABSKQmVkcm9ja0FQSUtleS0x==")], request.Headers);
    }

    [Theory]
    [InlineData("AKIDEXAMPLE:wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY:token==")]
    [InlineData(Json)]
    public void Sign_KeysOfAnAccount_SignsTimeTokenHostAndHeaders(string key)
    {
        SigningRequest request = Signed(key);

        Assert.Equal(
            ["User-Agent", "X-Amz-Date", "X-Amz-Security-Token", "Authorization"],
            request.Headers.Select(header => header.Key));
        Assert.Equal("19700101T000000Z", request.Headers[1].Value);
        Assert.Equal("token==", request.Headers[2].Value);
        Assert.StartsWith(
            "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/19700101/eu-central-1/bedrock/aws4_request, "
            + "SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=",
            request.Headers[3].Value,
            StringComparison.Ordinal);
        Assert.DoesNotContain(request.Headers, header => header.Value.Contains("wJalr", StringComparison.Ordinal));
    }

    [Fact]
    public void Sign_AnotherBodyHostOrTime_IsAnotherSignature()
    {
        const string Key = "AKIDEXAMPLE:secret";
        string signature = Signed(Key).Headers[^1].Value;

        Assert.Equal(signature, Signed(Key).Headers[^1].Value);
        Assert.NotEqual(signature, Signed(Key, body: "{ }").Headers[^1].Value);
        Assert.NotEqual(signature, Signed(Key, address: "https://x.example:8443/model/m/converse").Headers[^1].Value);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEqual(signature, Signed(Key).Headers[^1].Value);
    }

    [Theory]
    [InlineData("AKIDEXAMPLE:")]
    [InlineData(":secret")]
    [InlineData("a:b:")]
    [InlineData("a:b:c:d")]
    [InlineData("{")]
    [InlineData("""{"AccessKeyId":"AKIDEXAMPLE"}""")]
    [InlineData("""{"AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":7}""")]
    public void Sign_HalfOfTheKeys_SaysWhatIsWantedAndNotWhatIsThere(string key)
    {
        UnusableKeyException refused = Assert.Throws<UnusableKeyException>(() => Signed(key));

        Assert.Contains("access key id:secret access key", refused.Wanted, StringComparison.Ordinal);
        Assert.DoesNotContain("AKIDEXAMPLE", refused.Message, StringComparison.Ordinal);
    }

    private SigningRequest Signed(
        string key, string address = "https://x.example/model/m/converse", string body = "{}")
    {
        var request = new SigningRequest(
            HttpMethod.Post,
            new Uri(address),
            [new("User-Agent", "lightport")],
            new BodySegments([Encoding.UTF8.GetBytes(body)]))
        {
            Scope = "bedrock/eu-central-1",
        };
        new AwsSigner(_clock).Sign(request, key);
        return request;
    }
}
