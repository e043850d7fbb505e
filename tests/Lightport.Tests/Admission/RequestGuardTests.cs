using Lightport.Admission;
using Lightport.Conversation;
using Microsoft.AspNetCore.Http;

namespace Lightport.Tests.Admission;

public sealed class RequestGuardTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("Application/JSON; charset=utf-8")]
    [InlineData("application/json; charset=\"UTF-8\"")]
    [InlineData("application/vnd.api+json")]
    public void Check_Json_Passes(string? contentType) => Assert.Null(RequestGuard.Check(Request(contentType)));

    [Theory]
    [InlineData("text/plain", "Content-Type: application/json")]
    [InlineData("multipart/form-data; boundary=x", "Content-Type: application/json")]
    [InlineData("nonsense", "Content-Type: application/json")]
    [InlineData("application/json; charset=iso-8859-1", "UTF-8")]
    public void Check_OtherMediaType_Is415(string contentType, string advice)
    {
        GatewayError? error = RequestGuard.Check(Request(contentType));

        Assert.Equal((415, ErrorKind.UnsupportedMediaType), (error?.Status, error?.Kind));
        Assert.Contains(advice, error?.Message);
    }

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
