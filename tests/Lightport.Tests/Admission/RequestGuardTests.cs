using Lightport.Admission;
using Lightport.Conversation;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Admission;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData("gzip", null)]
    [InlineData("X-GZIP", null)]
    [InlineData("identity", null)]
    [InlineData("br", 415)]
    [InlineData("gzip, gzip", 415)]
    public void Check_EncodingThatIsNotRead_Is415(string encoding, int? status)
    {
        HttpRequest request = Request("application/json");
        request.Headers.ContentEncoding = encoding;

        Assert.Equal(status, RequestGuard.Check(request)?.Status);
    }

    [Theory]
    [InlineData(RequestGuard.MaxBodyBytes, null)]
    [InlineData(RequestGuard.MaxBodyBytes + 1, 413)]
    public void Check_LargeBody_Is413ThatNamesTheLimit(long length, int? status)
    {
        HttpRequest request = Request("application/json");
        request.ContentLength = length;

        GatewayError? error = RequestGuard.Check(request);

        Assert.Equal(status, error?.Status);
        Assert.True(error is null || error.Message.Contains("100 MB", StringComparison.Ordinal));
    }

    private static HttpRequest Request(string? contentType)
    {
        HttpRequest request = new DefaultHttpContext().Request;
        request.ContentType = contentType;
        return request;
    }
}
