using System.Security.Cryptography;
using System.Text;
using Lightport.Transport.Body;
using Lightport.Transport.Signing;

namespace Lightport.Tests.Transport.Signing;

public sealed class RequestSignerTests
{
    private const string Body = """{"model":"m","seed":7}""";

    [Fact]
    public void Sign_OverMethodAndBody_SeesWhatIsSent()
    {
        var patch = new BodyPatch(JsonEnvelope.Read(Encoding.UTF8.GetBytes(Body)));
        patch.Set("model", "\"theirs\""u8);
        SigningRequest request = Request("https://x.example/chat", patch.Apply());

        new BodyHashSigner().Sign(request, "secret");

        byte[] signed = HMACSHA256.HashData("secret"u8, """POST{"model":"theirs","seed":7}"""u8);
        Assert.Equal(
            [new("x-from", "here"), new(BodyHashSigner.Header, Convert.ToHexStringLower(signed))], request.Headers);
    }

    [Fact]
    public void Sign_Bearer_AddsTheKeyAfterAllOtherHeaders()
    {
        SigningRequest request = Request("https://x.example/chat");

        HeaderSigner.Bearer.Sign(request, "k 1");

        Assert.Equal([new("x-from", "here"), new("Authorization", "Bearer k 1")], request.Headers);
        Assert.Equal("https://x.example/chat", request.Address.OriginalString);
    }

    [Fact]
    public void Sign_Header_AddsTheKeyUnderItsName()
    {
        SigningRequest request = Request("https://x.example/chat");

        new HeaderSigner("x-api-key", "Key ").Sign(request, "k");

        Assert.Equal(new("x-api-key", "Key k"), request.Headers[^1]);
    }

    [Theory]
    [InlineData("https://x.example/chat", "https://x.example/chat?key=a%26b")]
    [InlineData("https://x.example/chat?alt=sse", "https://x.example/chat?alt=sse&key=a%26b")]
    public void Sign_Query_AddsTheKeyToTheAddress(string address, string expected)
    {
        SigningRequest request = Request(address);

        new QuerySigner("key").Sign(request, "a&b");

        Assert.Equal(expected, request.Address.AbsoluteUri);
        Assert.Single(request.Headers);
    }

    private static SigningRequest Request(string address, BodySegments? body = null) => new(
        HttpMethod.Post,
        new Uri(address),
        [new("x-from", "here")],
        body ?? new BodySegments([Encoding.UTF8.GetBytes(Body)]));
}
